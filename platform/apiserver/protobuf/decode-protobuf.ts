import type { Json, JsonObject } from '#lib/kinds/object.ts'
import { setOwn } from '../json.ts'
import type { Field, FieldType, Message } from './messages.ts'
import { DELETE_OPTIONS, MESSAGES } from './messages.ts'
import { wireFields } from './wire.ts'

export const PROTOBUF = 'application/vnd.kubernetes.protobuf'

const MAGIC = Buffer.from('k8s\0')
const text = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads an object from Kubernetes' protobuf form, as clients in Go send built-in kinds.
 * @returns undefined for a kind (or a field of one) that this server knows only as JSON
 * @throws TypeError when the bytes are no such object
 */
export function decodeProtobuf(bytes: Buffer): JsonObject | undefined {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new TypeError('the body has no protobuf prefix')
  let apiVersion = ''
  let kind = ''
  let raw: Uint8Array = new Uint8Array()
  for (const { number, value } of wireFields(bytes.subarray(MAGIC.length))) {
    if (number === 1)
      for (const part of wireFields(asBytes(value))) {
        if (part.number === 1) apiVersion = text.decode(asBytes(part.value))
        if (part.number === 2) kind = text.decode(asBytes(part.value))
      }
    if (number === 2) raw = asBytes(value)
  }
  const message = kind === 'DeleteOptions' ? DELETE_OPTIONS : MESSAGES.get(`${apiVersion}/${kind}`)
  if (message === undefined) return undefined
  try {
    return { apiVersion, kind, ...decodeMessage(raw, message) }
  } catch (error) {
    if (error instanceof UnknownField) return undefined
    throw error
  }
}

/** A field that the tables do not have: taking the rest would lose data in silence. */
class UnknownField extends Error {}

function decodeMessage(bytes: Uint8Array, message: Message): JsonObject {
  const result: JsonObject = {}
  for (const { number, value } of wireFields(bytes)) {
    const field = message.get(number)
    if (field === undefined) throw new UnknownField()
    if (field.type === 'skip') continue
    if (field.many === 'map') addEntry(result, field, asBytes(value))
    else if (field.many === 'list') addItem(result, field, value)
    else {
      const decoded = decodeValue(value, field.type)
      if (decoded !== undefined) result[field.name] = decoded
    }
  }
  return withoutZeros(result, message)
}

/** Go writes zero values of strings and numbers; in JSON they are left out. */
function withoutZeros(object: JsonObject, message: Message): JsonObject {
  for (const { name, type, many } of message.values())
    if (many === undefined && (type === 'string' || name === 'generation') && !object[name])
      delete object[name]
  return object
}

function addEntry(result: JsonObject, { name, type }: Field, bytes: Uint8Array): void {
  let key = ''
  let value: Json | undefined = type === 'string' || type === 'bytes' ? '' : undefined
  for (const part of wireFields(bytes)) {
    if (part.number === 1) key = text.decode(asBytes(part.value))
    if (part.number === 2) value = decodeValue(part.value, type)
  }
  const entries = (result[name] ?? {}) as JsonObject
  if (value !== undefined) setOwn(entries, key, value)
  result[name] = entries
}

function addItem(result: JsonObject, { name, type }: Field, value: bigint | Uint8Array): void {
  const decoded = decodeValue(value, type)
  if (decoded !== undefined) result[name] = [...((result[name] ?? []) as Json[]), decoded]
}

function decodeValue(value: bigint | Uint8Array, type: FieldType): Json | undefined {
  if (typeof type !== 'string') return decodeMessage(asBytes(value), type)
  switch (type) {
    case 'bool':
      return asNumber(value) !== 0
    case 'int':
      return asNumber(value)
    case 'bytes':
      return Buffer.from(asBytes(value)).toString('base64')
    case 'time':
      return decodeTime(asBytes(value))?.replace(/\.\d+Z$/, 'Z')
    case 'microTime':
      return decodeTime(asBytes(value))
    case 'quantity':
      return firstText(asBytes(value))
    case 'raw':
      return JSON.parse(firstText(asBytes(value))) as Json
    default:
      return text.decode(asBytes(value))
  }
}

/** Seconds and nanoseconds as an RFC 3339 text with microseconds; a zero time is none. */
function decodeTime(bytes: Uint8Array): string | undefined {
  let seconds = 0
  let nanos = 0
  for (const { number, value } of wireFields(bytes)) {
    if (number === 1) seconds = asNumber(value)
    if (number === 2) nanos = asNumber(value)
  }
  if (bytes.length === 0 || (seconds <= 0 && nanos === 0)) return undefined
  const head = new Date(seconds * 1000).toISOString().slice(0, 19)
  return `${head}.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z`
}

function firstText(bytes: Uint8Array): string {
  for (const { number, value } of wireFields(bytes)) if (number === 1) return text.decode(asBytes(value))
  return ''
}

function asBytes(value: bigint | Uint8Array): Uint8Array {
  if (typeof value === 'bigint') throw new TypeError('proto: a number stands where bytes belong')
  return value
}

function asNumber(value: bigint | Uint8Array): number {
  if (typeof value !== 'bigint') throw new TypeError('proto: bytes stand where a number belongs')
  return Number(value)
}
