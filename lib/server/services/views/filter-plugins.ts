import type { PluginPage, PluginSummary } from '#lib/contract/plugin.ts'
import type { PluginQuery, PluginSort } from '#lib/contract/requests.ts'
import { pick } from '#lib/domain/local-text.ts'
import { LIFECYCLES } from '#lib/domain/lifecycle.ts'
import type { Lifecycle } from '#lib/domain/lifecycle.ts'
import { PLUGIN_STATUSES } from '#lib/domain/plugin-status.ts'
import type { PluginStatus } from '#lib/domain/plugin-status.ts'
import { compareVersions } from '#lib/domain/semver.ts'

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const DEFAULT_PAGE_SIZE = 20

const searchTexts = new WeakMap<PluginSummary['displayName'], string>()

function searchText(summary: PluginSummary): string {
  const known = searchTexts.get(summary.displayName)
  if (known !== undefined) return known
  const { name, displayName, description, catalog } = summary
  const texts = [name, displayName.en, displayName.zh, description.en, description.zh, catalog]
  const text = texts
    .filter((part) => typeof part === 'string')
    .join('\n')
    .toLowerCase()
  searchTexts.set(displayName, text)
  return text
}

/** A row's statuses: the one on the cluster that was asked for, else all that occur. */
function statusesOf({ onCluster, statusCounts }: PluginSummary): readonly PluginStatus[] {
  if (onCluster !== null) return [onCluster.status]
  return PLUGIN_STATUSES.filter((status) => statusCounts[status] !== undefined)
}

function isUpgradable({ onCluster, upgradableCount }: PluginSummary): boolean {
  return onCluster === null ? upgradableCount > 0 : onCluster.upgrade !== null
}

function matchesStatus(summary: PluginSummary, wanted: PluginQuery['status']): boolean {
  if (wanted === undefined || wanted.length === 0) return true
  const statuses = statusesOf(summary)
  return wanted.some((status) =>
    status === 'Upgradable' ? isUpgradable(summary) : statuses.includes(status),
  )
}

function matchesLifecycle(summary: PluginSummary, wanted: PluginQuery['lifecycle']): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(summary.lifecycle)
}

function versionShown({ onCluster, latestVersion }: PluginSummary): string {
  return onCluster?.installedVersion ?? latestVersion ?? ''
}

const COMPARE: Record<
  'name' | 'status' | 'version' | 'lifecycle',
  (a: PluginSummary, b: PluginSummary) => number
> = {
  name: (a, b) => collator.compare(pick(a.displayName, 'en'), pick(b.displayName, 'en')),
  status: (a, b) => statusRank(a) - statusRank(b),
  version: (a, b) => compareVersions(versionShown(a), versionShown(b)),
  lifecycle: (a, b) => LIFECYCLES.indexOf(a.lifecycle) - LIFECYCLES.indexOf(b.lifecycle),
}

function statusRank(summary: PluginSummary): number {
  const [first] = statusesOf(summary)
  return first === undefined ? PLUGIN_STATUSES.length : PLUGIN_STATUSES.indexOf(first)
}

/** Orders of the same rows, which are the same until something changes. */
const orders = new WeakMap<readonly PluginSummary[], Map<PluginSort, readonly PluginSummary[]>>()

function sorted(rows: readonly PluginSummary[], sort: PluginSort): readonly PluginSummary[] {
  const known = orders.get(rows) ?? new Map<PluginSort, readonly PluginSummary[]>()
  orders.set(rows, known)
  const remembered = known.get(sort)
  if (remembered !== undefined) return remembered
  const isDescending = sort.startsWith('-')
  const compare = COMPARE[(isDescending ? sort.slice(1) : sort) as keyof typeof COMPARE]
  const order = rows.toSorted(
    (a, b) =>
      (isDescending ? compare(b, a) : compare(a, b)) || COMPARE.name(a, b) || (a.name < b.name ? -1 : 1),
  )
  known.set(sort, order)
  return order
}

function countStatuses(rows: readonly PluginSummary[]): Partial<Record<PluginStatus, number>> {
  const counts: Partial<Record<PluginStatus, number>> = {}
  for (const row of rows) for (const status of statusesOf(row)) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

function countLifecycles(rows: readonly PluginSummary[]): Partial<Record<Lifecycle, number>> {
  const counts: Partial<Record<Lifecycle, number>> = {}
  for (const { lifecycle } of rows) counts[lifecycle] = (counts[lifecycle] ?? 0) + 1
  return counts
}

/**
 * A page of plugins: sorted, filtered, counted, cut. Each filter's counts are of the rows that all other filters leave.
 * A page behind the last one is the last one.
 */
export function filterPlugins(all: readonly PluginSummary[], query: PluginQuery): Omit<PluginPage, 'behind'> {
  const words = (query.q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const order = sorted(all, query.sort ?? 'name')
  const found =
    words.length === 0
      ? order
      : order.filter((row) => {
          const text = searchText(row)
          return words.every((word) => text.includes(word))
        })
  const inLifecycle = found.filter((row) => matchesLifecycle(row, query.lifecycle))
  const matching = inLifecycle.filter((row) => matchesStatus(row, query.status))
  const pageSize = query.pageSize ?? DEFAULT_PAGE_SIZE
  const lastPage = Math.max(1, Math.ceil(matching.length / pageSize))
  const page = Math.min(query.page ?? 1, lastPage)
  return {
    items: matching.slice((page - 1) * pageSize, page * pageSize),
    page,
    pageSize,
    total: matching.length,
    totalUnfiltered: all.length,
    cluster: query.cluster ?? null,
    facets: {
      status: countStatuses(inLifecycle),
      lifecycle: countLifecycles(found.filter((row) => matchesStatus(row, query.status))),
      upgradable: inLifecycle.filter(isUpgradable).length,
    },
  }
}
