'use client'
import { useQuery } from '@tanstack/react-query'
import { createContext, use } from 'react'
import type { ReactNode } from 'react'
import { LiveResourcesContext } from '#components/form/live-resources.ts'
import type { LiveOptions, LiveResourcesProps } from '#components/form/live-resources.ts'
import { ExternalLink } from '#components/ui/text-link.tsx'
import { pluginPath } from '#lib/browser/paths.ts'
import { ProblemError } from '#lib/browser/problem-error.ts'
import { resourcesQuery } from '#lib/browser/queries/resources.ts'
import { isClusterQuery } from '#lib/contract/resource.ts'
import type { ResourceList, ResourceQuery } from '#lib/contract/resource.ts'
import { cleanLine } from '#lib/domain/clean-text.ts'
import type { PickerSource } from '#lib/domain/form/form-model.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { parseLabelSelector } from '#lib/domain/label-selector.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import type { Messages } from '#lib/i18n/messages/en.ts'
import { problemText } from '#lib/i18n/problem-text.ts'
import { reasonText } from '#lib/i18n/reason-text.ts'
import { resourceOptions } from './resource-options.ts'
import { useSettled } from './use-settled.ts'

/** Between the last key and the question to the cluster. Milliseconds. */
const SETTLE_MS = 250

function queryOf({ kind, group, version, namespace, labelSelector, plugin }: PickerSource): ResourceQuery {
  return { kind, group, version, namespace, labelSelector, ...(plugin !== undefined && { plugin }) }
}

/** What a stranger wrote that no server would take; undefined when all is well. */
function badRule({ namespace, labelSelector }: PickerSource): string | undefined {
  if (parseLabelSelector(labelSelector) === null) return labelSelector
  return namespace === '' || /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace) ? undefined : namespace
}

function whyNot(error: Error | null, messages: Messages): string {
  if (!(error instanceof ProblemError)) return messages.problems.network
  const { title, lines } = problemText(messages, error.problem)
  return lines.length === 0 ? title : lines.join(' ')
}

/** Says that no cluster has the plugin that one of them has to serve, with the way to install it. */
function Nowhere({ plugin }: { plugin: string }): ReactNode {
  const { picker } = useI18n().messages
  return (
    <>
      {picker.nowhere({ plugin })}{' '}
      <ExternalLink href={pluginPath(plugin)} className="underline">
        {picker.installFirst({ plugin })}
      </ExternalLink>
    </>
  )
}

function noteOf(source: PickerSource, list: ResourceList, cluster: string, messages: Messages): ReactNode {
  const { kind, labelSelector, plugin } = source
  const isOpen = list.items.some(({ refusal }) => refusal === undefined)
  if (isOpen || list.isCut) return undefined
  if (plugin !== undefined) return <Nowhere plugin={plugin} />
  return messages.picker.none({ kind, cluster, selector: labelSelector })
}

/** The cluster that the plugin goes to; empty while none is chosen. */
const TargetContext = createContext('')

function useResourceOptions(source: PickerSource, search: string): LiveOptions {
  const target = use(TargetContext)
  const { language, messages } = useI18n()
  const isCluster = isClusterQuery(source)
  const cluster = isCluster || source.cluster === 'global' ? GLOBAL_CLUSTER : target
  const query = queryOf(source)
  const bad = badRule(source)
  const all = useQuery({ ...resourcesQuery(cluster, query), enabled: cluster !== '' && bad === undefined })
  const settled = useSettled(search.trim(), SETTLE_MS)
  // Only where not everything was read is the server asked again.
  const isAsked = all.data?.isCut === true && settled !== ''
  const found = useQuery({ ...resourcesQuery(cluster, { ...query, search: settled }), enabled: isAsked })
  if (bad !== undefined)
    return { state: 'unavailable', reason: messages.picker.badRule({ text: cleanLine(bad, 120) }) }
  if (cluster === '') return { state: 'unavailable', reason: messages.picker.noCluster }
  const refused = all.data?.reason
  if (all.data === undefined || refused !== undefined) {
    if (refused === undefined && all.error === null) return { state: 'loading' }
    return {
      state: 'unavailable',
      reason: refused === undefined ? whyNot(all.error, messages) : reasonText(messages, refused),
      retry: () => void all.refetch(),
      isRetrying: all.isFetching,
    }
  }
  const list = isAsked ? (found.data ?? all.data) : all.data
  const missing = (value: string): string =>
    isCluster ? messages.picker.clusterUnknown({ value }) : messages.picker.missing({ value, cluster })
  return {
    state: 'ready',
    options: resourceOptions(list.items, source.namespace !== '', language, messages),
    isCut: list.isCut,
    isSearched: isAsked && found.data !== undefined && settled === search.trim(),
    ...(!all.data.isCut && { missing }),
    note: noteOf(source, all.data, cluster, messages),
    refresh: () => {
      void all.refetch()
      if (isAsked) void found.refetch()
    },
    isRefreshing: all.isFetching || found.isFetching || (all.data.isCut && settled !== search.trim()),
  }
}

function ResourceOptions({ source, search, children }: LiveResourcesProps): ReactNode {
  return children(useResourceOptions(source, search))
}

/**
 * Gives the form inside what its pickers offer: objects of the cluster that the plugin goes to, and of the global one.
 * @param props.cluster empty while none is chosen
 */
export function LiveResourcesProvider({
  cluster,
  children,
}: {
  cluster: string
  children: ReactNode
}): ReactNode {
  return (
    <TargetContext value={cluster}>
      <LiveResourcesContext value={ResourceOptions}>{children}</LiveResourcesContext>
    </TargetContext>
  )
}
