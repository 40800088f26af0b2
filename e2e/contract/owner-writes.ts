import { MERGE } from './field-owners.ts'
import type { Body, Target } from './target.ts'

/** Writes of ordinary objects by a named manager (`one` unless said), in the namespace of `target`. */
export function ownerWrites(target: Target) {
  const by = (manager: string) => `?fieldManager=${manager}`
  const inNamespace = (plural: string, name = '') =>
    `/api/v1/namespaces/${target.namespace}/${plural}${name === '' ? '' : `/${name}`}`
  return {
    inNamespace,
    maps: (name = '') => inNamespace('configmaps', name),
    /** @throws what the server said when it did not create the object */
    create: async (collection: string, object: unknown, manager = 'one'): Promise<Body> => {
      const { status, body, text } = await target.call('POST', collection + by(manager), object)
      if (status !== 201) throw new Error(text)
      return body
    },
    update: async (where: string, object: unknown, manager = 'one') =>
      (await target.call('PUT', where + by(manager), object)).body,
    patch: async (where: string, change: unknown, manager = 'one', options = MERGE) =>
      (await target.call('PATCH', where + by(manager), change, options)).body,
  }
}
