import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { NewObject } from '#lib/kinds/object.ts'

/** Answer to a write of an installation, and to its dry run. */
export interface InstallationResult {
  cluster: string
  plugin: string
  dryRun: boolean
  /** Written on the object, so that history can be told. */
  operationId: string
  /** False when the object already is as asked for; nothing was written. */
  changed: boolean
  /** As the API server answered. Its name changes once after a creation: find it by its labels. */
  object: NewObject<ModuleInfo>
}

/** Answer to an uninstall that is no dry run: it goes on by itself. */
export interface UninstallResult {
  cluster: string
  plugin: string
  operationId: string
}
