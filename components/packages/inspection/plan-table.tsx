'use client'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { ShowAll } from '#components/ui/show-all.tsx'
import { Cell, ColumnHeader, Row, RowHeader, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import type { UploadPlan } from '#lib/contract/upload.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

interface Line {
  name: string
  change: keyof ReturnType<typeof useMessages>['packages']['inspection']['changes']
  differences: readonly string[]
}

const MOST = 12

function isInTheWay({ change }: Line): boolean {
  return change === 'conflict' || change === 'absent'
}

function toneOf(line: Line): string | undefined {
  if (isInTheWay(line)) return 'text-warn'
  return line.change === 'unchanged' ? 'text-muted' : undefined
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
  // What stands in the way comes first, however long the list.
  const inOrder = [...lines.filter(isInTheWay), ...lines.filter((line) => !isInTheWay(line))]
  return (
    <ShowAll items={inOrder} most={MOST} label={(count) => inspection.showAll({ count })}>
      {(shown) => (
        <Table caption={inspection.plan} minWidth="min-w-80">
          <TableHead>
            <ColumnHeader>{inspection.object}</ColumnHeader>
            <ColumnHeader>{inspection.change}</ColumnHeader>
          </TableHead>
          <TableBody>
            {shown.map((line) => (
              <Row key={line.name}>
                <RowHeader className="font-mono text-xs break-all">{line.name}</RowHeader>
                <Cell className={clsx(toneOf(line), line.differences.length === 0 && 'whitespace-nowrap')}>
                  {line.differences.length > 0
                    ? inspection.differs({ fields: line.differences.join(', ') })
                    : inspection.changes[line.change]}
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </ShowAll>
  )
}
