import type { ControlCollector } from './control-collector.ts'
import type { FormModel, FormObject } from './form-model.ts'
import { formatPath, getAt, parsePath } from './form-path.ts'
import { plainControl } from './plain-control.ts'

const MAX_PLUGINS = 100

interface Dependent {
  current?: FormObject
  fixedDescriptors?: unknown
  crossClusterDependencies?: unknown
}

/**
 * Gives the form a cluster picker for each plugin that the version names as a cross-cluster dependency and that no
 * control governs. One that was chosen can't change after installing where only some of the form may.
 */
export function addClusterPickers(form: FormModel, source: Dependent, into: ControlCollector): void {
  const plugins: unknown = source.crossClusterDependencies
  for (const plugin of Array.isArray(plugins) ? plugins.slice(0, MAX_PLUGINS) : []) {
    if (typeof plugin !== 'string' || plugin === '') continue
    const path = ['crossClusterDependency', plugin]
    const id = formatPath(path)
    if (into.has(id) || into.isFull() || parsePath(id) === null) continue
    const control = plainControl(path, 'picker', getAt(form.defaults, path))
    control.label = { en: `Cluster of ${plugin}`, zh: `${plugin} 所在集群` }
    control.clearable = true
    control.immutable = source.fixedDescriptors !== undefined && getAt(source.current, path) !== undefined
    into.add(control)
    form.layout.push({ type: 'control', id: control.id })
  }
}
