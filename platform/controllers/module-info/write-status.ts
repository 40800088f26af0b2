import { NotFoundError } from '#lib/kube/kube-error.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { Scene } from '../scene.ts'
import type { StatusDraft } from './status-draft.ts'

/** Writes a status where it differs. The object's resourceVersion guards the verdict: it was made of that spec. */
export async function writeStatus(scene: Scene, info: ModuleInfo, draft: StatusDraft): Promise<void> {
  if (!draft.hasChanged) return
  try {
    await scene.global.replace(MODULE_INFO, { ...info, status: draft.status }, { subresource: 'status' })
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
  }
}
