import { parseAllDocuments } from 'yaml'

/** A rule of a Role or ClusterRole. */
interface Rule {
  apiGroups?: string[]
  resources?: string[]
  verbs?: string[]
}

/** `group/resource verb`, the unit in which rights are given and used. */
export type Right = string

/** The objects of a manifest. */
export function documentsOf(
  text: string,
): { kind: string; rules?: Rule[]; metadata: { name: string; namespace?: string } }[] {
  return parseAllDocuments(text).map((document) => document.toJS() as ReturnType<typeof documentsOf>[number])
}

/** All rights that a manifest gives. */
export function rightsGiven(text: string): Set<Right> {
  return new Set(
    documentsOf(text)
      .flatMap(({ rules = [] }) => rules)
      .flatMap(({ apiGroups = [], resources = [], verbs = [] }) =>
        apiGroups.flatMap((group) =>
          resources.flatMap((resource) => verbs.map((verb) => `${group}/${resource} ${verb}`)),
        ),
      ),
  )
}

const PATH =
  /^\/(?:api\/v1|apis\/([^/]+)\/[^/]+)(?:\/namespaces\/[^/]+)?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/
const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

/** The right that a request, `METHOD path?query`, needs; undefined for what everybody may. */
export function rightOf(request: string): Right | undefined {
  const [method = '', url = ''] = request.split(' ')
  const [path = '', query = ''] = url.split('?')
  const [, group = '', resource, name, subresource] = PATH.exec(path) ?? []
  if (resource === undefined || group.startsWith('authentication.')) return undefined
  const isWatch = new URLSearchParams(query).get('watch') !== null
  const reading = name !== undefined ? 'get' : isWatch ? 'watch' : 'list'
  const what = subresource === undefined ? resource : `${resource}/${subresource}`
  return `${group}/${what} ${VERBS[method] ?? reading}`
}
