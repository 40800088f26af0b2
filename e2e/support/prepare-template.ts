import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TEMPLATE_VARIABLE } from './new-data-dir.ts'
import { startConsole } from './start-console.ts'

/** Playwright's global setup: first contents are made once, and every console starts from a copy of them. */
export default async function prepareTemplate(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'platform-template-'))
  const remove = () => rm(dataDir, { recursive: true, force: true })
  try {
    await (await startConsole([], { dataDir })).stop()
  } catch (error) {
    await remove()
    throw error
  }
  process.env[TEMPLATE_VARIABLE] = dataDir
  return remove
}
