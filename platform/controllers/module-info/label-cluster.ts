import { CLUSTER } from '#lib/kinds/cluster.ts'
import type { PluginSpec } from '#lib/kinds/plugin-spec.ts'
import type { Scene } from '../scene.ts'
import type { Place } from './place.ts'

/** What tells clusters apart, and decides where plugins may go: no plugin's to give or take. */
const NOT_A_PLUGINS = /^(?:is-global|cpaas\.io\/(?:os|arch)-.*)$/

/** `key` or `key=value`; a key alone gets the value `true`. */
function parse(text: string): { key: string; value: string } | undefined {
  const [key = '', value = 'true'] = text.trim().split('=', 2)
  return key === '' || NOT_A_PLUGINS.test(key) ? undefined : { key, value }
}

/**
 * Puts the label that a plugin asks for (`labelCluster`) on its Cluster, or takes it off again.
 * A label with another value is somebody else's and stays.
 */
export async function labelCluster(
  scene: Scene,
  place: Place,
  spec: PluginSpec | undefined,
  isOn: boolean,
): Promise<void> {
  const label = parse(spec?.labelCluster ?? '')
  const object = scene.clusters().get(place.cluster)?.object
  if (label === undefined || object === undefined || object.metadata.uid === undefined) return
  const current = object.metadata.labels?.[label.key]
  if (isOn ? current !== undefined : current !== label.value) return
  await scene.global.patch(CLUSTER, object.metadata.name, {
    type: 'merge',
    body: { metadata: { labels: { [label.key]: isOn ? label.value : null } } },
  })
}
