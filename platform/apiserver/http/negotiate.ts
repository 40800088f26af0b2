import { ApiError } from '../api-error.ts'

/** The form in which a client wants its answer. */
export interface Form {
  readonly syntax: 'json' | 'yaml'
  /** `Table`, `PartialObjectMetadata`, `PartialObjectMetadataList`, `APIGroupDiscoveryList`, or the object itself. */
  readonly as: string
  readonly group: string
  readonly version: string
}

const PLAIN: Form = { syntax: 'json', as: '', group: '', version: '' }

/** Conversions that this server can do: `as;group` with the versions it speaks. */
const CONVERSIONS: Readonly<Record<string, readonly string[]>> = {
  'Table;meta.k8s.io': ['v1'],
  'PartialObjectMetadata;meta.k8s.io': ['v1'],
  'PartialObjectMetadataList;meta.k8s.io': ['v1'],
  'APIGroupDiscoveryList;apidiscovery.k8s.io': ['v2'],
}

/**
 * Picks the first form in the client's order of preference that the server can produce.
 * @throws ApiError 406 when there is none
 */
export function negotiate(accept: string | undefined): Form {
  if (accept === undefined || accept.trim() === '') return PLAIN
  const wishes = accept
    .split(',')
    .map(parseWish)
    .sort((a, b) => b.weight - a.weight)
  for (const { type, params } of wishes) {
    const syntax = syntaxOf(type)
    if (syntax === undefined) continue
    const as = params.get('as')
    if (as === undefined) return { ...PLAIN, syntax }
    const group = params.get('g') ?? ''
    const version = params.get('v') ?? ''
    if (CONVERSIONS[`${as};${group}`]?.includes(version) === true) return { syntax, as, group, version }
  }
  throw new ApiError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/yaml',
  )
}

function parseWish(text: string): { type: string; params: Map<string, string>; weight: number } {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim())
  const params = new Map(
    rest.map((part) => {
      const [key = '', value = ''] = part.split('=')
      return [key.trim(), value.trim()] as const
    }),
  )
  return { type: type.toLowerCase(), params, weight: Number(params.get('q') ?? '1') }
}

function syntaxOf(type: string): Form['syntax'] | undefined {
  if (type === 'application/json' || type === '*/*' || type === 'application/*') return 'json'
  return type === 'application/yaml' ? 'yaml' : undefined
}

/** The media type of an answer in this form. */
export function contentTypeOf(form: Form): string {
  return `application/${form.syntax}`
}
