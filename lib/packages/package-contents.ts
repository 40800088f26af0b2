import type { PackageWarning } from '#lib/domain/package-warning.ts'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { ModuleConfig } from '#lib/kinds/module-config.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'

export interface PackageArtifact {
  repository: string
  tag: string
  /** Digest of the manifest that the package holds under this tag; null when it holds none. */
  digest: string | null
  type: 'chart' | 'image' | 'other' | 'absent'
  /** `os/architecture[/variant]`; empty for what runs nowhere. */
  platforms: string[]
  /** Of all its blobs; shared ones count in each artifact. */
  bytes: number
}

/** An image that the main chart's `values.yaml` lists. */
export interface RelatedImage {
  name: string
  repository: string
  tag: string
  /** Also built for arm64, as the chart says; null when it does not say. */
  supportsArm: boolean | null
  thirdParty: boolean
}

/** The chart that carries the plugin's configuration, opened inside its artifact. */
export interface MainChart {
  repository: string
  tag: string
  digest: string
  /** From Chart.yaml. */
  name: string
  version: string
  /** What `scripts/plugin-config.yaml` says; null when the chart has none. */
  pluginConfig: JsonObject | null
  /** Texts that were kept, by path inside the chart: Chart.yaml, values.yaml, README.md, … */
  files: Readonly<Record<string, string>>
}

/** An object of the package that publishing leaves alone. */
export interface OtherObject {
  apiVersion: string
  kind: string
  namespace: string | null
  name: string
}

export interface PackageContents {
  plugin: string
  version: string
  resources: {
    /** As it will be published: completed from the main chart, cleaned of what only a server may set. */
    modulePlugin: ModulePlugin
    /** The one of `version` first, then those that the package brings along for other versions. */
    moduleConfigs: [ModuleConfig, ...ModuleConfig[]]
    others: OtherObject[]
  }
  mainChart: MainChart | null
  /** What the main chart's values list below `global.images`. */
  images: RelatedImage[]
  artifacts: PackageArtifact[]
  /** How the package holds its artifacts. */
  layout: 'registry' | 'oci' | 'none'
  blobs: { count: number; bytes: number }
  /** Paths of scripts that the package carries; they are never run. */
  scripts: string[]
  /** Bytes of the file as it came. */
  size: number
  unpackedSize: number
  entries: number
  /** Hex SHA-256 of the file as it came. */
  sha256: string
  /** For the person uploading. */
  warnings: PackageWarning[]
}
