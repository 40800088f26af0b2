import type { KubeApi } from '#e2e/support/kube-api.ts'

const WRITES = 200

/** A ConfigMap of half a kilobyte in the default namespace. */
export function benchMap(name: string, labels: Record<string, string> = {}) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'default', labels: { bench: name.at(-1) ?? '', ...labels } },
    data: { payload: 'x'.repeat(500), name },
  }
}

/**
 * Creates maps one after the other.
 * @returns milliseconds from each request to its event on a watch
 */
export async function watchDelays(api: KubeApi, maps: string): Promise<number[]> {
  const sent = new Map<string, number>()
  const delays: number[] = []
  const stop = new AbortController()
  const { body } = await api.call('GET', `${maps}?limit=1`)
  const { resourceVersion } = (body as { metadata: { resourceVersion: string } }).metadata
  const watching = api.watch(
    `${maps}?watch=true&resourceVersion=${resourceVersion}`,
    ({ object }) => {
      const at = sent.get(object.metadata?.name ?? '')
      if (at !== undefined) delays.push(performance.now() - at)
    },
    stop.signal,
  )
  for (let index = 0; index < WRITES; index++) {
    const name = `delay-${index}`
    sent.set(name, performance.now())
    await api.call('POST', maps, benchMap(name))
  }
  while (delays.length < WRITES) await new Promise((resolve) => setTimeout(resolve, 5))
  stop.abort()
  await watching
  return delays
}
