import { PackageError } from './package-error.ts'

/**
 * Collects a small file of a package as text.
 * @throws PackageError `file-too-large`, or `corrupt` when it is not UTF-8
 */
export async function readText(
  entry: { path: string; content: AsyncIterable<Uint8Array> },
  maxBytes: number,
): Promise<string> {
  return decodeText(await readBytes(entry, maxBytes), entry.path)
}

/** Collects a small file of a package. @throws PackageError `file-too-large` */
export async function readBytes(
  entry: { path: string; content: AsyncIterable<Uint8Array> },
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of entry.content) {
    size += chunk.length
    if (size > maxBytes)
      throw new PackageError('file-too-large', `${entry.path} is larger than ${maxBytes} bytes`, {
        entry: entry.path,
        limit: maxBytes,
      })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** @throws PackageError `corrupt` when the bytes are not UTF-8 */
export function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new PackageError('corrupt', `${path} is not UTF-8 text`, { entry: path, cause: error })
  }
}
