'use client'
import type { ReactNode } from 'react'
import { RelativeTime } from '#components/shell/relative-time.tsx'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import type { Condition } from '#lib/kinds/object.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

interface ConditionsTableProps {
  conditions: readonly Condition[]
  caption: string
  empty: string
}

/** Conditions as the object carries them. */
export function ConditionsTable({ conditions, caption, empty }: ConditionsTableProps): ReactNode {
  const { plugins, common } = useMessages()
  if (conditions.length === 0) return <p className="text-sm text-muted">{empty}</p>
  return (
    <Table caption={caption} minWidth="min-w-136">
      <TableHead>
        <ColumnHeader>{plugins.detail.type}</ColumnHeader>
        <ColumnHeader>{plugins.detail.state}</ColumnHeader>
        <ColumnHeader>{common.reason}</ColumnHeader>
        <ColumnHeader>{common.message}</ColumnHeader>
        <ColumnHeader>{plugins.detail.since}</ColumnHeader>
      </TableHead>
      <TableBody>
        {conditions.map((condition) => (
          <Row key={condition.type} className="h-9">
            <RowHeader className="font-medium">{condition.type}</RowHeader>
            <Cell className="font-mono text-xs">{condition.status}</Cell>
            <Cell>{condition.reason}</Cell>
            <Cell className="max-w-lg break-words text-muted">{condition.message}</Cell>
            <Cell className="text-muted">
              <RelativeTime iso={condition.lastTransitionTime ?? null} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
