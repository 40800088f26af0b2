import type { PluginOnCluster } from '#lib/contract/installation.ts'
import type { PluginDetail, PluginVersionView } from '#lib/contract/plugin.ts'
import type { Reason } from '#lib/domain/reason.ts'

function onCluster(detail: PluginDetail, cluster: string): PluginOnCluster | undefined {
  return detail.clusters.find((row) => row.cluster === cluster)
}

function fitOf(version: PluginVersionView, cluster: string): readonly Reason[] {
  return version.fits.find((fit) => fit.cluster === cluster)?.reasons ?? []
}

/**
 * Why a version can't be installed on a cluster; empty when it can. Without a version, why none can.
 * @param cluster empty while none is chosen: only the version itself is looked at
 */
export function targetReasons(
  detail: PluginDetail,
  version: PluginVersionView | undefined,
  cluster: string,
): readonly Reason[] {
  const action = cluster === '' ? undefined : onCluster(detail, cluster)?.actions.install
  const general = action?.allowed === false ? action.reasons : []
  if (general.some((reason) => reason.code === 'already-installed')) return general
  const own: Reason[] = []
  if (version !== undefined && !version.readyForDeploy)
    own.push({ code: 'version-not-ready', params: { version: version.version } })
  if (version !== undefined && cluster !== '') own.push(...fitOf(version, cluster))
  return own.length > 0 ? own : general
}

/** The version to begin with: the one asked for, else the newest that can be installed there, else the newest. */
export function firstVersion(
  detail: PluginDetail,
  cluster: string,
  wanted: string | undefined,
): string | null {
  const { versionDetails } = detail
  const asked = versionDetails.find((version) => version.version === wanted)
  const fitting = versionDetails.find(
    (version) => version.readyForDeploy && (cluster === '' || fitOf(version, cluster).length === 0),
  )
  return (asked ?? fitting ?? versionDetails[0])?.version ?? null
}

/** The cluster to begin with where none was named: the only one that the plugin can be installed on. */
export function onlyCluster(detail: PluginDetail): string {
  const open = detail.clusters.filter((row) => row.actions.install.allowed)
  return open.length === 1 ? (open[0]?.cluster ?? '') : ''
}
