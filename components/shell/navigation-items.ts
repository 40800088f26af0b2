import { PATHS } from '#lib/browser/paths.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'

export type NavigationIcon = 'plugins' | 'upload' | 'clusters'

export interface NavigationGroup {
  title: string
  items: { href: string; label: string; icon: NavigationIcon }[]
}

/** The pages of the Administrator view, by group. */
export function navigationItems({ shell }: Messages): NavigationGroup[] {
  return [
    {
      title: shell.marketplace,
      items: [
        { href: PATHS.clusterPlugins, label: shell.clusterPlugins, icon: 'plugins' },
        { href: PATHS.uploadPackages, label: shell.uploadPackages, icon: 'upload' },
      ],
    },
    {
      title: shell.clusters,
      items: [{ href: PATHS.clusters, label: shell.clusters, icon: 'clusters' }],
    },
  ]
}
