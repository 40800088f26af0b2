import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Names the folder that `prepare-template.ts` made. */
export const TEMPLATE_VARIABLE = 'PLATFORM_TEMPLATE'

/**
 * A new data folder below the system's temporary one: with an embedded platform that has its first contents where a
 * template of it was made, else empty. Whoever asks for it removes it.
 */
export async function newDataDir(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  const template = process.env[TEMPLATE_VARIABLE]
  if (template !== undefined) await cp(template, folder, { recursive: true })
  return folder
}
