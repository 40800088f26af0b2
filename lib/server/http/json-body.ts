import { RequestError } from './request-error.ts'

/** Bytes of a JSON body. */
export const MAX_JSON_BYTES = 1024 * 1024
/** Nested deeper than any configuration is; protects whatever walks the value. */
const MAX_DEPTH = 64

/**
 * The JSON body of a request; undefined when it has none.
 * @throws RequestError unsupported-media-type, too-large or bad-request
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const declared = Number(request.headers.get('content-length') ?? Number.NaN)
  if (declared > MAX_JSON_BYTES) throw tooLarge()
  const type = request.headers.get('content-type')
  if (type !== null && !/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type))
    throw new RequestError('unsupported-media-type', `expected application/json, not ${type.slice(0, 100)}`)
  const bytes = await readBytes(request)
  if (bytes.length === 0) return undefined
  if (type === null)
    throw new RequestError('unsupported-media-type', 'a body needs content-type application/json')
  return parseJson(bytes)
}

async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > MAX_JSON_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** @throws RequestError bad-request, also for keys that poison prototypes and for bottomless nesting */
export function parseJson(bytes: Uint8Array): unknown {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.slice(0, 200) : 'not UTF-8'
    throw new RequestError('bad-request', `malformed JSON: ${reason}`)
  }
  refuseHostileKeys(value, 0)
  return value
}

function refuseHostileKeys(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth >= MAX_DEPTH) throw new RequestError('bad-request', `nested deeper than ${MAX_DEPTH} levels`)
  if (Object.hasOwn(value, '__proto__'))
    throw new RequestError('bad-request', "the key '__proto__' is not allowed")
  for (const child of Object.values(value)) refuseHostileKeys(child, depth + 1)
}

function tooLarge(): RequestError {
  return new RequestError('too-large', `a JSON body has at most ${MAX_JSON_BYTES} bytes`)
}
