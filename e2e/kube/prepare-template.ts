import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeTemplate } from './real-platform.ts'

/** Playwright's global setup where `KUBE_TARGET=real`: the platform that each spec file gets a copy of. */
export default async function prepareTemplate(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'real-template-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await makeTemplate(folder)
  } catch (error) {
    await remove()
    throw error
  }
  process.env['KUBE_TEMPLATE'] = folder
  return remove
}
