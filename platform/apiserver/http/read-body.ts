import type { IncomingMessage } from 'node:http'
import { parse } from 'yaml'
import type { Json } from '#lib/kinds/object.ts'
import { ApiError, badRequest } from '../api-error.ts'
import { PROTOBUF, decodeProtobuf } from '../protobuf/decode-protobuf.ts'
import { APPLY_PATCH } from '../verbs/patch-types.ts'

const LIMIT_BYTES = 3 * 1024 * 1024
/** Deeper values would overflow the stack of whatever walks through them. */
const MAX_DEPTH = 1000

/**
 * Reads and parses a request's body.
 * @param mediaTypes types to take besides JSON and YAML (of patches); they are JSON inside, but for configurations to
 *   apply: these come as text
 * @returns undefined for an empty body
 * @throws ApiError 400 when it doesn't parse, 413 when it is too large, 415 for another type
 */
export async function readBody(
  request: IncomingMessage,
  mediaTypes: readonly string[],
): Promise<{ body: Json | undefined; contentType: string }> {
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const bytes = await readBytes(request)
  if (bytes.length === 0) return { body: undefined, contentType }
  if (contentType === PROTOBUF) return { body: parseProtobuf(bytes), contentType: 'application/json' }
  const text = bytes.toString('utf8')
  if (contentType === APPLY_PATCH) return { body: text, contentType }
  if (contentType === 'application/yaml') return { body: parseYaml(text), contentType }
  if (contentType !== '' && contentType !== 'application/json' && !mediaTypes.includes(contentType))
    throw unknownFormat(mediaTypes)
  return { body: parseJson(text), contentType: contentType === '' ? 'application/json' : contentType }
}

/** What comes after the limit is read and forgotten: a client that is cut off while it sends never sees the answer. */
function readBytes(request: IncomingMessage): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= LIMIT_BYTES) chunks.push(chunk)
    else {
      chunks.length = 0
      const message = `Request entity too large: limit is ${LIMIT_BYTES}`
      reject(new ApiError(413, 'RequestEntityTooLarge', message, {}))
    }
  })
  request.on('end', () => resolve(Buffer.concat(chunks)))
  request.on('error', reject)
  request.on('close', () => reject(badRequest('the request ended early')))
  return promise
}

function unknownFormat(mediaTypes: readonly string[]): ApiError {
  const accepted = ['application/json', 'application/yaml', ...mediaTypes].join(', ')
  return new ApiError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
    {},
  )
}

function parseProtobuf(bytes: Buffer): Json {
  let object: Json | undefined
  try {
    object = decodeProtobuf(bytes)
  } catch (error) {
    throw badRequest((error as Error).message)
  }
  if (object === undefined) throw unknownFormat([])
  return object
}

/** How deep the brackets of a valid JSON text are nested, strings left out. */
function depthOf(text: string): number {
  let deepest = 0
  let depth = 0
  for (const [token] of text.matchAll(/[[{\]}]|"[^"\\]*(?:\\.[^"\\]*)*"/g)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth)
    else if (token === ']' || token === '}') depth--
  }
  return deepest
}

/** @throws ApiError 400 for what is no JSON, or nested too deeply */
export function parseJson(text: string): Json {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    throw badRequest(`couldn't get version/kind; json parse error: ${(error as Error).message}`)
  }
  if (depthOf(text) > MAX_DEPTH) throw badRequest('json: exceeded max depth')
  return value
}

function parseYaml(text: string): Json {
  try {
    return parse(text, { maxAliasCount: 100 }) as Json
  } catch (error) {
    throw badRequest(`error converting YAML to JSON: ${(error as Error).message.split('\n')[0]}`)
  }
}
