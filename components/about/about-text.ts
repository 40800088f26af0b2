import type { AboutCluster, AboutView } from '#lib/contract/about.ts'
import type { SourceFreshness } from '#lib/contract/freshness.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'
import { reasonText } from '#lib/i18n/reason-text.ts'

type Line = readonly [term: string, value: string | null]

function section(title: string, lines: readonly Line[]): string {
  const rows = lines.map(([term, value]) => `  ${term}: ${value ?? '–'}`)
  return [title, ...rows].join('\n')
}

function clusterText(messages: Messages, cluster: AboutCluster): string {
  const { about } = messages
  const { address, origin, problem, reachability, version } = cluster
  const { state, since, answeredAt, message } = reachability
  const parts =
    problem === null
      ? [about.reachability[state] + (since === null ? '' : ` (${since})`), message, answeredAt]
      : [about.noWay, reasonText(messages, problem)]
  return [version, ...parts, address, origin]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(' · ')
}

function sourceText(messages: Messages, { state, knownAt, message }: SourceFreshness): string {
  return [messages.clusters.detail.sourceStates[state], knownAt, message]
    .filter((part) => part !== null && part !== '')
    .join(' · ')
}

function sourceLines({ about }: Messages, source: AboutView['clusterSource']): Line[] {
  const { kind, isConfigured, gateway, kubeconfigs, hasNamespacePrefix } = source
  const lines: Line[] = [
    [about.kind, kind === null ? about.sourceUnknown : about.sources[kind]],
    [about.why, isConfigured ? about.configured : about.found],
  ]
  if (kind === 'platform') {
    const from = gateway?.isConfigured === true ? about.gatewayConfigured : about.gatewayFromKubeconfig
    lines.push([about.gateway, gateway === null ? about.gatewayUnknown : `${gateway.address} (${from})`])
  }
  if (kind === 'cluster-api')
    lines.push([about.names, hasNamespacePrefix ? about.namesPrefixed : about.namesPlain])
  if (kubeconfigs.length > 0) lines.push([about.kubeconfigs, kubeconfigs.join(', ')])
  return lines
}

/** All of the About page as text, in the reader's language; times in UTC. */
export function aboutText(messages: Messages, view: AboutView, now: Date): string {
  const { about } = messages
  const { connection, console: own, controllers } = view
  const cluster = view.isEmbedded ? `${connection.cluster} (${about.embedded})` : connection.cluster
  return [
    `${messages.shell.product} · ${now.toISOString()}`,
    section(about.connection, [
      [about.cluster, cluster],
      [about.server, connection.server],
      [about.kubernetes, connection.version],
      [about.context, connection.context],
      [about.user, connection.user],
      [about.registry, view.registry ?? about.noRegistry],
      [about.console, own.version],
      [about.node, own.node],
      [about.startedAt, own.startedAt],
    ]),
    section(about.source, sourceLines(messages, view.clusterSource)),
    section(
      `${about.clusters} (${view.clusters.length})`,
      view.clusters.map((one) => [one.name, clusterText(messages, one)]),
    ),
    section(
      about.crds,
      view.crds.map(({ name, state }) => [name, about.crdStates[state]]),
    ),
    controllers === null || controllers.length === 0
      ? `${about.controllers}\n  ${controllers === null ? about.controllersUnknown : about.controllersNone}`
      : section(
          about.controllers,
          controllers.map(({ lease, holder, isAtWork, renewedAt }) => [
            lease,
            `${isAtWork ? about.atWork : `${about.silent} (${renewedAt ?? '–'})`} · ${holder}`,
          ]),
        ),
    section(
      about.freshness,
      view.sources.map((one) => [`${one.cluster} ${one.kind}`, sourceText(messages, one)]),
    ),
  ].join('\n\n')
}
