import type { IncomingMessage, ServerResponse } from 'node:http'
import { methodNotAllowed, noSuchResource } from '../api-error.ts'
import type { Cluster } from '../cluster.ts'
import { BUILTIN_KINDS } from '../kinds/builtin-kinds.ts'
import type { ResourceInfo } from '../kinds/resource-info.ts'
import { create } from '../verbs/create.ts'
import { remove } from '../verbs/delete.ts'
import { removeCollection } from '../verbs/delete-collection.ts'
import { get } from '../verbs/get.ts'
import { list } from '../verbs/list.ts'
import { flagOption } from '../verbs/list-options.ts'
import { patch } from '../verbs/patch.ts'
import { expectPatchType, patchTypes } from '../verbs/patch-types.ts'
import type { ResourceRequest } from '../verbs/request.ts'
import type { Result } from '../verbs/result.ts'
import { review } from '../verbs/review.ts'
import { update } from '../verbs/update.ts'
import { finalizeNamespace } from '../verbs/finalize-namespace.ts'
import { eventWriter } from '../watch/event-writer.ts'
import { watch } from '../watch/watch.ts'
import type { RowObject } from '../tables/table.ts'
import { contentTypeOf, negotiate } from './negotiate.ts'
import { readBody } from './read-body.ts'
import { render } from './render.ts'
import type { ResourcePath } from './resource-path.ts'
import { send, sendNotFound } from './respond.ts'

/** Serves a request below a resource's path: finds the verb, and answers in the form that was asked for. */
export async function handleResource(
  cluster: Cluster,
  path: ResourcePath,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = negotiate(request.headers.accept)
  const info = cluster.registry.find(path.group, path.version, path.plural)
  if (info === undefined) {
    if (isBuiltinGroup(path.group)) throw noSuchResource()
    await sendNotFound(request, response)
    return
  }
  checkPath(info, path)
  const wanted = query.get('includeObject') ?? ''
  const rowObject: RowObject = wanted === 'None' || wanted === 'Object' ? wanted : 'Metadata'
  const isRead = request.method === 'GET'
  if (request.method === 'PATCH') expectPatchType(info, request.headers['content-type'])
  const { body, contentType } = isRead
    ? { body: undefined, contentType: '' }
    : await readBody(request, request.method === 'PATCH' ? patchTypes(info) : [])
  const { namespace, name, subresource } = path
  const resourceRequest: ResourceRequest = {
    cluster,
    info,
    namespace,
    name,
    subresource,
    query,
    body,
    contentType,
    userAgent: request.headers['user-agent'] ?? '',
  }
  if (isRead && name === '' && flagOption(query, 'watch') === true) {
    expectVerb(info, 'watch')
    await watch(resourceRequest, response, eventWriter(info, form, rowObject))
    return
  }
  // A read waits for others' writes before it looks: one that fails takes no reader with it.
  if (isRead) await cluster.store.quiet()
  const result = verbOf(resourceRequest, request.method ?? '')
  const text = render(result, form, rowObject)
  if (!isRead) await cluster.store.settled()
  const code = result.type === 'list' ? 200 : result.code
  const warnings = result.type === 'list' ? [] : result.warnings
  await send(request, response, code, contentTypeOf(form), text, warnings)
}

/** Groups that are part of every server answer with a Status, others know nothing of the path. */
function isBuiltinGroup(group: string): boolean {
  return BUILTIN_KINDS.some((info) => info.group === group)
}

function checkPath(info: ResourceInfo, { namespace, name, subresource }: ResourcePath): void {
  if (!info.namespaced && namespace !== '') throw noSuchResource()
  if (info.namespaced && namespace === '' && name !== '') throw noSuchResource()
  const isStatus = subresource === 'status' && info.hasStatus
  const isFinalize = subresource === 'finalize' && info.kind === 'Namespace'
  if (subresource !== '' && !isStatus && !isFinalize) throw noSuchResource()
  if (name === '' && subresource !== '') throw noSuchResource()
}

function expectVerb(info: ResourceInfo, verb: string): void {
  if (!info.verbs.includes(verb)) throw methodNotAllowed()
}

function verbOf(request: ResourceRequest, method: string): Result {
  const { info, name, subresource } = request
  const isCollection = name === ''
  const run = (verb: string, action: (request: ResourceRequest) => Result) => {
    expectVerb(info, verb)
    return action(request)
  }
  if (subresource === 'finalize') {
    if (method !== 'PUT') throw methodNotAllowed()
    return finalizeNamespace(request)
  }
  switch (method) {
    case 'GET':
      return isCollection ? run('list', list) : run('get', get)
    case 'POST':
      if (!isCollection) throw methodNotAllowed()
      return run('create', info.verbs.includes('get') ? create : review)
    case 'PUT':
      if (isCollection) throw methodNotAllowed()
      return run('update', update)
    case 'PATCH':
      if (isCollection) throw methodNotAllowed()
      return run('patch', patch)
    case 'DELETE':
      if (subresource !== '') throw methodNotAllowed()
      if (!isCollection) return run('delete', remove)
      if (info.namespaced && request.namespace === '') throw methodNotAllowed()
      return run('deletecollection', removeCollection)
    default:
      throw methodNotAllowed()
  }
}
