import * as fc from 'fast-check'

/** One change to some bytes; positions and lengths are shares of what there is. */
export type ByteMutation =
  | { kind: 'flip'; at: number; mask: number }
  | { kind: 'cut'; at: number }
  | { kind: 'remove'; at: number; length: number }
  | { kind: 'repeat'; at: number; length: number }
  | { kind: 'write'; at: number; bytes: Uint8Array }

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
const length = fc.integer({ min: 1, max: 2048 })

export const byteMutations: fc.Arbitrary<ByteMutation[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('flip' as const), at: place, mask: fc.integer({ min: 1, max: 255 }) }),
    fc.record({ kind: fc.constant('cut' as const), at: place }),
    fc.record({ kind: fc.constant('remove' as const), at: place, length }),
    fc.record({ kind: fc.constant('repeat' as const), at: place, length }),
    fc.record({
      kind: fc.constant('write' as const),
      at: place,
      bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    }),
  ),
  { minLength: 1, maxLength: 6 },
)

/** The bytes with the changes made in their order. */
export function mutateBytes(bytes: Uint8Array, mutations: readonly ByteMutation[]): Buffer {
  let now = Buffer.from(bytes)
  for (const mutation of mutations) {
    const at = Math.floor(mutation.at * now.length)
    if (now.length === 0) break
    if (mutation.kind === 'flip') now[at] = (now[at] ?? 0) ^ mutation.mask
    else if (mutation.kind === 'cut') now = now.subarray(0, at)
    else if (mutation.kind === 'write') now.set(mutation.bytes.subarray(0, now.length - at), at)
    else {
      const part = now.subarray(at, at + mutation.length)
      const [head, tail] = [now.subarray(0, at), now.subarray(at + part.length)]
      now = Buffer.concat(mutation.kind === 'remove' ? [head, tail] : [head, part, part, tail])
    }
  }
  return now
}
