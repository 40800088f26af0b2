/** A line grew beyond what we are willing to hold. */
export class LineTooLongError extends Error {
  override name = 'LineTooLongError'
}

export interface LineSplitter {
  /**
   * Takes the next bytes, gives the lines that are complete now, without their ends; blank ones are left out.
   * @throws LineTooLongError, after the lines before it were given out
   */
  push(chunk: Uint8Array): Generator<string, void, undefined>
}

/**
 * Cuts a byte stream into lines of UTF-8 text. A line is decoded only when it is whole, so that a character split
 * between two chunks comes out right; no more than `maxLineBytes` are held.
 */
export function createLineSplitter(maxLineBytes: number): LineSplitter {
  let held: Uint8Array[] = []
  let heldBytes = 0

  function take(last: Uint8Array): string {
    const bytes =
      heldBytes === 0
        ? Buffer.from(last.buffer, last.byteOffset, last.length)
        : Buffer.concat([...held, last])
    held = []
    heldBytes = 0
    return bytes.toString('utf8').trim()
  }

  function* push(chunk: Uint8Array): Generator<string, void, undefined> {
    let from = 0
    while (from < chunk.length) {
      const end = chunk.indexOf(10, from)
      const piece = chunk.subarray(from, end === -1 ? chunk.length : end)
      if (heldBytes + piece.length > maxLineBytes) {
        held = []
        heldBytes = 0
        throw new LineTooLongError(`a line is longer than ${maxLineBytes} bytes`)
      }
      if (end === -1) {
        held.push(piece)
        heldBytes += piece.length
        return
      }
      from = end + 1
      const line = take(piece)
      if (line !== '') yield line
    }
  }

  return { push }
}
