import type { PackageQuery, PackageView } from '#lib/contract/package.ts'
import type { Page } from '#lib/contract/page.ts'

const PAGE_SIZE = 50

function textOf(item: PackageView): string {
  const versions = item.versions.flatMap(({ version, source }) => [version, source ?? ''])
  return [item.plugin, item.displayName.en ?? '', item.displayName.zh ?? '', ...versions]
    .join('\n')
    .toLowerCase()
}

/** A page of the packages that a query asks for: every word of the search occurs in names, versions or file names. */
export function filterPackages(items: readonly PackageView[], query: PackageQuery): Page<PackageView> {
  const { q = '', show = 'all', page: asked = 1 } = query
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const found = items.filter((item) => {
    if (show !== 'all' && item.absent !== (show === 'absent')) return false
    const text = words.length === 0 ? '' : textOf(item)
    return words.every((word) => text.includes(word))
  })
  const page = Math.min(asked, Math.max(1, Math.ceil(found.length / PAGE_SIZE)))
  return {
    items: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
    page,
    pageSize: PAGE_SIZE,
    total: found.length,
    totalUnfiltered: items.length,
  }
}
