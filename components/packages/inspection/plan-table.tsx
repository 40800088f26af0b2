'use client'
import type { ReactNode } from 'react'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import type { UploadPlan } from '#lib/contract/upload.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

interface Line {
  name: string
  change: keyof ReturnType<typeof useMessages>['packages']['inspection']['changes']
  differences: readonly string[]
}

/** Objects and artifacts, each with what would become of it. */
export function PlanTable({ plan }: { plan: UploadPlan }): ReactNode {
  const { inspection } = useMessages().packages
  const lines: Line[] = [
    ...plan.objects.map(({ kind, name, change, differences }) => ({
      name: `${kind} ${name}`,
      change,
      differences,
    })),
    ...(plan.artifacts ?? []).map(({ repository, tag, change }) => ({
      name: `${repository}:${tag}`,
      change,
      differences: [],
    })),
  ]
  return (
    <Table caption={inspection.plan} minWidth="min-w-80">
      <TableHead>
        <ColumnHeader>{inspection.object}</ColumnHeader>
        <ColumnHeader>{inspection.change}</ColumnHeader>
      </TableHead>
      <TableBody>
        {lines.map(({ name, change, differences }) => (
          <Row key={name}>
            <RowHeader className="font-mono text-xs break-all">{name}</RowHeader>
            <Cell className={change === 'unchanged' ? 'text-muted' : undefined}>
              {differences.length > 0
                ? inspection.differs({ fields: differences.join(', ') })
                : inspection.changes[change]}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
