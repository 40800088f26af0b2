import type { PackageView } from '#lib/contract/package.ts'

export const PACKAGE_FILTERS = ['all', 'uploaded', 'absent'] as const

export type PackageFilter = (typeof PACKAGE_FILTERS)[number]

/** What the list's address says. */
export interface PackageListState {
  q: string
  show: PackageFilter
  /** From 1. */
  page: number
}

/** Reads the list's state from an address; what makes no sense counts as left out. */
export function parsePackageList(parameters: Pick<URLSearchParams, 'get'>): PackageListState {
  const page = Number(parameters.get('page') ?? 1)
  return {
    q: (parameters.get('q') ?? '').trim().slice(0, 200),
    show: PACKAGE_FILTERS.find((filter) => filter === parameters.get('show')) ?? 'all',
    page: Number.isSafeInteger(page) && page >= 1 ? page : 1,
  }
}

/** Writes it, leaving out what is as it opens. */
export function writePackageList(state: PackageListState): string {
  const parameters = new URLSearchParams()
  if (state.q !== '') parameters.set('q', state.q)
  if (state.show !== 'all') parameters.set('show', state.show)
  if (state.page > 1) parameters.set('page', String(state.page))
  return parameters.toString()
}

function textOf(item: PackageView): string {
  const versions = item.versions.flatMap(({ version, source }) => [version, source ?? ''])
  return [item.plugin, item.displayName.en ?? '', item.displayName.zh ?? '', ...versions]
    .join('\n')
    .toLowerCase()
}

/** The packages that an address asks for: every word of the search occurs in names, versions or file names. */
export function matchingPackages(
  items: readonly PackageView[],
  { q, show }: Pick<PackageListState, 'q' | 'show'>,
): PackageView[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  return items.filter((item) => {
    if (show !== 'all' && item.absent !== (show === 'absent')) return false
    const text = words.length === 0 ? '' : textOf(item)
    return words.every((word) => text.includes(word))
  })
}
