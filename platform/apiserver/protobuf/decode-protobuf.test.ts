import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeProtobuf } from './decode-protobuf.ts'

type Part = Buffer
const varint = (value: number): Part => {
  const bytes: number[] = []
  let rest = value
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
    rest >>>= 7
  } while (rest > 0)
  return Buffer.from(bytes)
}
const bytes = (number: number, ...parts: (Part | string)[]): Part => {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
  return Buffer.concat([varint((number << 3) | 2), varint(content.length), content])
}
const int = (number: number, value: number): Part => Buffer.concat([varint(number << 3), varint(value)])
const envelope = (apiVersion: string, kind: string, ...raw: Part[]) =>
  Buffer.concat([Buffer.from('k8s\0'), bytes(1, bytes(1, apiVersion), bytes(2, kind)), bytes(2, ...raw)])

test('a secret', () => {
  const metadata = bytes(
    1,
    bytes(1, 'name'),
    bytes(3, 'space'),
    bytes(11, bytes(1, 'k'), bytes(2, 'v')),
    bytes(8),
  )
  const data = bytes(2, bytes(1, 'key'), bytes(2, 'value'))
  expect(decodeProtobuf(envelope('v1', 'Secret', metadata, data, bytes(3, 'Opaque'), int(5, 1)))).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'name', namespace: 'space', labels: { k: 'v' } },
    data: { key: 'dmFsdWU=' },
    type: 'Opaque',
    immutable: true,
  })
})

test('a lease, with microseconds', () => {
  const spec = bytes(2, bytes(1, 'me'), int(2, 15), bytes(4, int(1, 1_700_000_000), int(2, 123_456_789)))
  expect(decodeProtobuf(envelope('coordination.k8s.io/v1', 'Lease', spec))).toMatchObject({
    spec: { holderIdentity: 'me', leaseDurationSeconds: 15, renewTime: '2023-11-14T22:13:20.123456Z' },
  })
})

test('a kind or a field that nobody knows is not guessed at', () => {
  expect(decodeProtobuf(envelope('v1', 'Unheard'))).toBeUndefined()
  expect(decodeProtobuf(envelope('v1', 'ConfigMap', bytes(99, 'new')))).toBeUndefined()
})

test('any bytes are an object, unknown, or a clean error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
      try {
        decodeProtobuf(envelope('v1', 'Node', Buffer.from(content)))
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError)
      }
    }),
  )
})
