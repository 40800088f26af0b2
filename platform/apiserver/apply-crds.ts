import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { Cluster } from './cluster.ts'
import { cloneJson, isObject, metadataOf, own, ownObject, ownString } from './json.ts'
import { create } from './verbs/create.ts'
import { replace } from './verbs/update.ts'
import { decodeObject } from './write/decode-object.ts'
import { trackFields } from './write/field-writer.ts'

const BUILTIN_NAMESPACES = ['default', 'kube-system', 'kube-public', 'cpaas-system']
/** Groups whose kinds live on every cluster; all others only on the first, the global one. */
const EVERYWHERE = new Set(['operator.alauda.io'])

/**
 * Brings the definitions of a folder and the first namespaces into the clusters. A definition that differs from its
 * file is updated; objects that exist stay.
 * @throws when a file is no valid definition
 */
export async function applyCrds(clusters: readonly Cluster[], crdDir: string): Promise<void> {
  const definitions = await readDefinitions(crdDir)
  clusters.forEach((cluster, index) => {
    for (const name of BUILTIN_NAMESPACES)
      apply(cluster, '', 'namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, false)
    for (const definition of definitions) {
      const group = ownString(ownObject(definition, 'spec'), 'group') ?? ''
      if (index === 0 || EVERYWHERE.has(group))
        apply(cluster, 'apiextensions.k8s.io', 'customresourcedefinitions', definition, true)
    }
  })
}

async function readDefinitions(crdDir: string): Promise<JsonObject[]> {
  const files = (await readdir(crdDir)).filter((file) => /\.ya?ml$/.test(file)).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(crdDir, file), 'utf8')))
  return texts
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as unknown))
    .filter(isObject)
    .filter((object) => own(object, 'kind') === 'CustomResourceDefinition')
}

function apply(cluster: Cluster, group: string, plural: string, source: JsonObject, isKept: boolean): void {
  const info = cluster.registry.find(group, 'v1', plural)
  if (info === undefined) return
  const object = cloneJson(source)
  const name = ownString(metadataOf(object), 'name') ?? ''
  const request = {
    cluster,
    info,
    namespace: '',
    name,
    subresource: '',
    query: new URLSearchParams(),
    body: object,
    contentType: 'application/json',
    userAgent: 'kube-apiserver',
  }
  const stored = cluster.get(info, '', name)
  if (stored === undefined) create({ ...request, name: '' })
  else if (isKept) {
    const decoded = decodeObject(object, info).object
    const old = cluster.parse(info, stored)
    const { finalizers = [] } = metadataOf(old)
    metadataOf(decoded)['finalizers'] = finalizers
    trackFields(request, old, decoded)
    replace(request, { stored, old }, decoded, { dryRun: false })
  }
}
