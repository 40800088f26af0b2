import { basename } from 'node:path'
import { MANAGEMENT_CLUSTER, namedEntries } from './cluster-source.ts'
import type { ClusterEntry, ClusterRoute, ClusterSource, FoundCluster, Timing } from './cluster-source.ts'
import { watchKubeconfigFiles } from './kubeconfig-files.ts'
import type { FoundFile } from './kubeconfig-files.ts'
import { createListeners } from './listeners.ts'
import { checkConfig, KubeconfigError, parseKubeconfig } from './load-config.ts'
import type { CacheFreshness } from './object-cache.ts'

const ENDINGS = /\.(?:ya?ml|json|conf|config|kubeconfig)$/i
/** Names that say nothing: the context's is better. */
const NAMELESS = /^(?:kube)?config$/i

/** What a file's text came to. */
interface ReadFile {
  readonly text: string | undefined
  readonly found: FoundCluster
}

/**
 * The current context of each kubeconfig in folders and lists of files, beside the management cluster. They are the
 * operator's own: what kubectl would do with them is done. Files that come, change or go are noticed.
 * @param paths absolute
 */
export function kubeconfigsSource(paths: readonly string[], timing: Timing): ClusterSource {
  const files = watchKubeconfigFiles(paths, timing)
  const changeListeners = createListeners<undefined>()
  const freshnessListeners = createListeners<CacheFreshness>()
  let read = new Map<string, ReadFile>()
  let entries: readonly ClusterEntry[] = [MANAGEMENT_CLUSTER]
  let freshness: CacheFreshness = { state: 'loading', knownAt: null, message: null }

  function update(): void {
    const next = new Map<string, ReadFile>()
    for (const file of files.state.files) {
      const known = read.get(file.path)
      // The same route for the same text: its client stays.
      const isSame = known !== undefined && known.text === file.text && file.text !== undefined
      next.set(file.path, isSame ? known : { text: file.text, found: clusterIn(file) })
    }
    read = next
    entries = [MANAGEMENT_CLUSTER, ...namedEntries([...read.values()].map(({ found }) => found))]
    changeListeners.tell(undefined)
    setFreshness()
  }

  function setFreshness(): void {
    const { trouble } = files.state
    const state = trouble === null ? 'live' : freshness.knownAt === null ? 'loading' : 'stale'
    const knownAt = state === 'live' ? timing.clock.now() : freshness.knownAt
    const isNews = state !== freshness.state || trouble !== freshness.message
    freshness = { state, knownAt, message: trouble }
    if (isNews) freshnessListeners.tell(freshness)
  }

  files.onChange(update)
  void files.ready().then(update)

  return {
    list: () => entries,
    get freshness() {
      return freshness.state === 'live' ? { ...freshness, knownAt: timing.clock.now() } : freshness
    },
    onChange: (listener) => changeListeners.add(() => listener()),
    onFreshness: (listener) => freshnessListeners.add(listener),
    ready: () => files.ready(),
    stop: () => files.stop(),
  }
}

function clusterIn(file: FoundFile): FoundCluster {
  const { path, text } = file
  const name = basename(path).replace(ENDINGS, '')
  const base = { origin: path, otherName: otherName(path), facts: {} }
  if (text === undefined)
    return { ...base, name, route: null, problem: { code: 'kubeconfig-broken', message: file.trouble } }
  try {
    const config = parseKubeconfig(text, path)
    checkConfig(config, path)
    const route: ClusterRoute = { config }
    return { ...base, name: NAMELESS.test(name) ? config.getCurrentContext() : name, route, problem: null }
  } catch (error) {
    if (!(error instanceof KubeconfigError)) throw error
    // Where it stands is told beside it.
    const message = error.message.replace(`kubeconfig ${path}: `, '')
    return { ...base, name, route: null, problem: { code: 'kubeconfig-broken', message } }
  }
}

/** For a file that is called as the management cluster is. */
function otherName(path: string): string {
  const name = basename(path)
  return ENDINGS.test(name) ? name : `${name}.kubeconfig`
}
