'use client'
import type { ReactNode } from 'react'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import type { ClusterDetail } from '#lib/contract/cluster.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** What a cluster has and what of it is taken. */
export function ResourceTable({ resources }: { resources: ClusterDetail['resource'] }): ReactNode {
  const { detail } = useMessages().clusters
  if (resources.length === 0) return <p className="text-sm text-muted">{detail.noResources}</p>
  return (
    <Table caption={detail.resources} minWidth="min-w-120">
      <TableHead>
        <ColumnHeader>{detail.resource}</ColumnHeader>
        <ColumnHeader className="text-right">{detail.allocated}</ColumnHeader>
        <ColumnHeader className="text-right">{detail.allocatable}</ColumnHeader>
        <ColumnHeader className="text-right">{detail.capacity}</ColumnHeader>
      </TableHead>
      <TableBody>
        {resources.map(({ name, allocated, allocatable, capacity }) => (
          <Row key={name} className="h-9">
            <RowHeader className="font-mono text-xs">{name}</RowHeader>
            <Cell className="tabular text-right">{allocated || '–'}</Cell>
            <Cell className="tabular text-right">{allocatable || '–'}</Cell>
            <Cell className="tabular text-right">{capacity || '–'}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
