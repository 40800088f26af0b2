import { PACKAGE_FILTERS } from '#lib/contract/package.ts'
import type { PackageFilter, PackageQuery } from '#lib/contract/package.ts'

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
    page: Number.isSafeInteger(page) && page >= 1 ? Math.min(page, 1_000_000) : 1,
  }
}

/** What the console is asked for it. */
export function packageQueryOf({ q, show, page }: PackageListState): PackageQuery {
  return { ...(q !== '' && { q }), ...(show !== 'all' && { show }), ...(page > 1 && { page }) }
}

/** Writes it, leaving out what is as it opens. */
export function writePackageList(state: PackageListState): string {
  const parameters = new URLSearchParams()
  if (state.q !== '') parameters.set('q', state.q)
  if (state.show !== 'all') parameters.set('show', state.show)
  if (state.page > 1) parameters.set('page', String(state.page))
  return parameters.toString()
}
