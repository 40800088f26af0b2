import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLineSplitter, LineTooLongError } from './line-splitter.ts'

/** Cuts bytes at the given places, in any order and number. */
function cutAt(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end))
}

describe('createLineSplitter', () => {
  test('gives the same lines however the bytes are cut', () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\n\r]/g, ''))
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat()), (lines, places) => {
        const bytes = new TextEncoder().encode(lines.map((text) => `${text}\n`).join(''))
        const splitter = createLineSplitter(1 << 20)
        const got = cutAt(bytes, places).flatMap((chunk) => [...splitter.push(chunk)])
        const wellFormed = lines.map((text) => text.toWellFormed().trim()).filter((text) => text !== '')
        expect(got).toEqual(wellFormed)
      }),
    )
  })

  test('keeps a character whole that two chunks share', () => {
    const bytes = new TextEncoder().encode('日志\n')
    const splitter = createLineSplitter(100)
    expect([...splitter.push(bytes.subarray(0, 2))]).toEqual([])
    expect([...splitter.push(bytes.subarray(2))]).toEqual(['日志'])
  })

  test('gives out the lines before one that is too long', () => {
    const splitter = createLineSplitter(4)
    const got: string[] = []
    const read = () => {
      for (const line of splitter.push(Buffer.from('a\nbcd\n12345\n'))) got.push(line)
    }
    expect(read).toThrow(LineTooLongError)
    expect(got).toEqual(['a', 'bcd'])
  })

  test('a long line in small pieces is noticed too', () => {
    const splitter = createLineSplitter(4)
    expect([...splitter.push(Buffer.from('123'))]).toEqual([])
    expect(() => [...splitter.push(Buffer.from('45'))]).toThrow(LineTooLongError)
  })

  test('the last line counts only with its end', () => {
    const splitter = createLineSplitter(10)
    expect([...splitter.push(Buffer.from('a\r\n\nb'))]).toEqual(['a'])
    expect([...splitter.push(Buffer.from('\n'))]).toEqual(['b'])
  })
})
