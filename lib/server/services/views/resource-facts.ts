import type { ResourceFact, ResourceFactCode } from '#lib/contract/resource.ts'
import { cleanLine } from '#lib/domain/clean-text.ts'
import type { Resource } from '#lib/kinds/object.ts'
import type { TableColumn, TableRow } from '#lib/kube/kube-client.ts'

/** The text of a column, empty where there is none. */
type Cells = (column: string) => string

/** Columns that a kind without rules of its own may tell. */
const MOST_COLUMNS = 3
const LONGEST = 120
/** What a column says when it has nothing to say. */
const NOTHING = new Set(['', '<none>', '<unset>', '<unknown>'])

function told(code: ResourceFactCode, value: string): ResourceFact[] {
  return NOTHING.has(value) ? [] : [{ code, value }]
}

function nodeFacts(cells: Cells): ResourceFact[] {
  const [status = '', ...more] = cells('Status').split(',')
  return [
    ...told('address', cells('Internal-IP')),
    ...cells('Roles')
      .split(',')
      .flatMap((role) => told('role', role)),
    ...(status === '' ? [] : [{ code: status === 'Ready' ? 'ready' : 'not-ready', value: '' } as const]),
    ...(more.includes('SchedulingDisabled') ? [{ code: 'unschedulable', value: '' } as const] : []),
  ]
}

/** By `kind.group`. */
const RULES: Readonly<Record<string, (cells: Cells) => ResourceFact[]>> = {
  'Node.': nodeFacts,
  'StorageClass.storage.k8s.io': (cells) => [
    ...(cells('Name').endsWith(' (default)') ? [{ code: 'default', value: '' } as const] : []),
    ...told('provisioner', cells('Provisioner')),
  ],
  'Secret.': (cells) => told('type', cells('Type')),
  'ConfigMap.': (cells) => told('keys', cells('Data')),
  'Namespace.': (cells) => (cells('Status') === 'Active' ? [] : told('phase', cells('Status'))),
  'PersistentVolume.': (cells) => [
    ...told('capacity', cells('Capacity')),
    ...told('phase', cells('Status')),
    ...told('class', cells('StorageClass')),
  ],
  'PersistentVolumeClaim.': (cells) => [
    ...told('phase', cells('Status')),
    ...told('capacity', cells('Capacity')),
    ...told('class', cells('StorageClass')),
  ],
}

/** What the kind's own columns tell, the first few; its age where they tell nothing. */
function anyFacts(columns: readonly TableColumn[], row: TableRow): ResourceFact[] {
  const facts = columns.flatMap(({ name, priority }, index): ResourceFact[] => {
    const value = cleanLine(row.cells[index] ?? '', LONGEST)
    if (priority > 0 || NOTHING.has(value) || value === row.name) return []
    return /^(name|namespace|age|created.*)$/i.test(name)
      ? []
      : [{ code: 'column', name: cleanLine(name, 60), value }]
  })
  if (facts.length > 0) return facts.slice(0, MOST_COLUMNS)
  return row.createdAt === '' ? [] : [{ code: 'created', value: row.createdAt.slice(0, 40) }]
}

/**
 * What matters about the objects of a kind, out of the columns that the server prints of it. What only repeats the name
 * is left out.
 * @returns a function of a row of that table
 */
export function resourceFacts(
  resource: Resource,
  columns: readonly TableColumn[],
): (row: TableRow) => ResourceFact[] {
  const rule = Object.hasOwn(RULES, `${resource.kind}.${resource.group}`)
    ? RULES[`${resource.kind}.${resource.group}`]
    : undefined
  const places = new Map(columns.map(({ name }, index) => [name, index]))
  return (row) => {
    if (rule === undefined || columns.length === 0) return anyFacts(columns, row)
    const facts = rule((column) => cleanLine(row.cells[places.get(column) ?? -1] ?? '', LONGEST))
    return facts.filter(({ value }) => value !== row.name)
  }
}
