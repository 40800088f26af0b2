/** One field of a message: its number and its raw value. */
export interface WireField {
  readonly number: number
  /** An integer for varints, bytes for everything with a length. */
  readonly value: bigint | Uint8Array
}

/**
 * Takes a protobuf message apart, field by field.
 * @throws TypeError when the bytes are no message
 */
export function* wireFields(bytes: Uint8Array): Generator<WireField> {
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined) break
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    throw new TypeError('proto: a number has no end')
  }
  while (at < bytes.length) {
    const tag = Number(varint())
    const number = tag >>> 3
    switch (tag & 7) {
      case 0:
        yield { number, value: BigInt.asIntN(64, varint()) }
        break
      case 2: {
        const length = Number(varint())
        if (length > bytes.length - at) throw new TypeError('proto: a field is longer than its message')
        yield { number, value: bytes.subarray(at, at + length) }
        at += length
        break
      }
      default:
        throw new TypeError(`proto: wire type ${tag & 7} is not in use`)
    }
  }
}
