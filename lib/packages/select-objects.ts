import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import { apiVersionOf, type JsonObject } from '#lib/kinds/object.ts'
import { checkObject, isObject, type CheckedObject, type SourceObject } from './check-object.ts'
import type { OtherObject } from './package-contents.ts'
import { PackageError } from './package-error.ts'

const ENTRY = 'res/resources.yaml'

export interface SelectedObjects {
  modulePlugin: CheckedObject
  moduleConfigs: CheckedObject[]
  others: OtherObject[]
}

/**
 * Sorts the documents of `res/resources.yaml`: exactly one ModulePlugin, any ModuleConfigs, and the rest.
 * @throws PackageError `plugin-missing`, `plugin-ambiguous`, `object-invalid`, `text-invalid`
 */
export function selectObjects(documents: readonly JsonObject[]): SelectedObjects {
  const plugins: CheckedObject[] = []
  const moduleConfigs: CheckedObject[] = []
  const others: OtherObject[] = []
  for (const [index, document] of documents.entries()) {
    const object = sourceObject(document, index + 1)
    const where = `${object.kind} ${object.metadata.name.slice(0, 80)}`
    if (object.apiVersion !== apiVersionOf(MODULE_PLUGIN)) others.push(describe(object))
    else if (object.kind === MODULE_PLUGIN.kind) plugins.push(checkObject(object, where))
    else if (object.kind === MODULE_CONFIG.kind) moduleConfigs.push(checkObject(object, where))
    else others.push(describe(object))
  }
  const [modulePlugin, second] = plugins
  if (modulePlugin === undefined)
    throw new PackageError(
      'plugin-missing',
      `${ENTRY} holds no ${MODULE_PLUGIN.kind} of ${apiVersionOf(MODULE_PLUGIN)}`,
      { entry: ENTRY },
    )
  if (second !== undefined)
    throw new PackageError('plugin-ambiguous', `${ENTRY} holds more than one ${MODULE_PLUGIN.kind}`, {
      entry: ENTRY,
    })
  return { modulePlugin, moduleConfigs, others }
}

function sourceObject(document: JsonObject, number: number): SourceObject {
  const { apiVersion, kind, metadata, spec } = document
  if (
    typeof apiVersion !== 'string' ||
    typeof kind !== 'string' ||
    !isObject(metadata) ||
    typeof metadata['name'] !== 'string'
  )
    throw new PackageError(
      'object-invalid',
      `Document ${number} of ${ENTRY} is not a Kubernetes object with a name`,
      { entry: ENTRY },
    )
  return {
    apiVersion,
    kind,
    metadata: { ...metadata, name: metadata['name'] },
    spec: isObject(spec) ? spec : {},
  }
}

function describe(object: SourceObject): OtherObject {
  const { name, namespace } = object.metadata
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    namespace: typeof namespace === 'string' ? namespace : null,
    name,
  }
}
