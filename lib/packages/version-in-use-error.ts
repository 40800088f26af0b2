const BRAND = Symbol.for('marketplace.console/version-in-use-error')

/** A version that can't be removed. `instanceof` looks for a brand: a bundler makes copies of this module. */
export class VersionInUseError extends Error {
  readonly [BRAND] = true
  /** Where it is installed, or is to be. */
  readonly clusters: readonly string[]

  constructor(plugin: string, version: string, clusters: readonly string[]) {
    super(`${plugin} ${version} is installed on ${clusters.join(', ')}`)
    this.name = 'VersionInUseError'
    this.clusters = clusters
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value
  }
}
