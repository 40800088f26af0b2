import type { JsonObject, KubeObject, Resource } from './object.ts'

/** A numbered snapshot that nobody changes any more. */
export interface ControllerRevision extends KubeObject {
  revision: number
  data?: JsonObject
}

export const CONTROLLER_REVISION: Resource<ControllerRevision> = {
  group: 'apps',
  version: 'v1',
  plural: 'controllerrevisions',
  kind: 'ControllerRevision',
  namespaced: true,
}

/**
 * What is on the ControllerRevisions that hold the accepted specs of installations, beside the labels of cluster and plugin and,
 * for a change made on the console, its audit annotations.
 */
export const HISTORY = {
  /** Label, on each of them. */
  label: 'marketplace.console/history',
  labelValue: 'installation',
  /** Annotation: the field manager that wrote the spec, where it wasn't the console. */
  manager: 'marketplace.console/changed-by-manager',
  /** Annotation: when the spec was written, as far as that can be told. */
  changedAt: 'marketplace.console/changed-at',
  /** Annotation: the console's operation that was last seen on the installation, whether it made this change or not. */
  seenOperation: 'marketplace.console/seen-operation',
  /** Annotation on the last one before an uninstallation: when that was asked for. */
  uninstalledAt: 'marketplace.console/uninstalled-at',
} as const
