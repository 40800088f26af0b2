/** Labels, annotations and finalizers of the plugin objects. */
export const LABEL = {
  moduleName: 'cpaas.io/module-name',
  moduleType: 'cpaas.io/module-type',
  clusterName: 'cpaas.io/cluster-name',
  moduleVersion: 'cpaas.io/module-version',
  moduleCatalog: 'cpaas.io/module-catalog',
  product: 'cpaas.io/product',
  lifecycleType: 'cpaas.io/lifecycle-type',
  createdBy: 'create-by',
  updatedBy: 'manage-update-by',
  deletedBy: 'manage-delete-by',
  isGlobal: 'is-global',
  osLinux: 'cpaas.io/os-linux',
  artifactVersion: 'cpaas.io/artifact-version',
  library: 'cpaas.io/library',
} as const

export const ANNOTATION = {
  displayName: 'cpaas.io/display-name',
  moduleName: 'cpaas.io/module-name',
  builtIn: 'cpaas.io/built-in-plugin',
} as const

export const FINALIZER = { moduleConfig: 'moduleconfig', moduleInfo: 'moduleinfo' } as const

/** The only value of `cpaas.io/module-type` that installs. */
export const MODULE_TYPE_PLUGIN = 'plugin'

/** What the platform itself writes into create-by, manage-update-by and manage-delete-by. */
export const PLATFORM_ACTOR = 'cluster-transformer'

/** Where the platform keeps its own namespaced objects. */
export const PLATFORM_NAMESPACE = 'cpaas-system'

/** Where our controllers keep what is theirs alone: their lease, the history of installations. */
export const OWN_NAMESPACE = 'plugin-marketplace-system'

/** Annotations that the console writes with each change, so that history can be told. */
export const AUDIT = {
  operationId: 'marketplace.console/operation-id',
  actor: 'marketplace.console/actor',
  reason: 'marketplace.console/reason',
} as const

/** The label that names the cluster serving `plugin` to an installation elsewhere. */
export function crossClusterLabel(plugin: string): string {
  return `${plugin}.plugins.cpaas.io/cluster`
}
