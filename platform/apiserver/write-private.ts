import { rename, writeFile } from 'node:fs/promises'

/** Writes a file that only its owner may read; readers see the old text or the new one, never a part. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  await writeFile(temporary, text, { mode: 0o600 })
  await rename(temporary, path)
}
