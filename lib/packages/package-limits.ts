const KIB = 1024
const MIB = 1024 * KIB
const GIB = 1024 * MIB

/** How much of anything a package may have. Bytes unless the name says otherwise. */
export interface PackageLimits {
  compressedBytes: number
  unpackedBytes: number
  /** Unpacked ÷ compressed, looked at once `ratioGraceBytes` have been unpacked. */
  ratio: number
  ratioGraceBytes: number
  entries: number
  /** UTF-8 bytes of an entry's path. */
  pathBytes: number
  /** Segments of an entry's path. */
  pathDepth: number
  /** `res/resources.yaml` and each YAML file of a chart. */
  yamlBytes: number
  /** `res/artifacts.txt`. */
  artifactListBytes: number
  artifacts: number
  /** OCI manifests, and how much of them is held at once. */
  manifestBytes: number
  heldManifestBytes: number
  /** Chart layers that are opened, and the texts of all charts held at once. */
  chartLayerBytes: number
  chartUnpackedBytes: number
  chartEntries: number
  heldChartBytes: number
  /** A plugin's logo, as its data URI. */
  logoBytes: number
  /** Time from the first byte to the last. */
  milliseconds: number
}

export const DEFAULT_LIMITS: Readonly<PackageLimits> = {
  compressedBytes: 4 * GIB,
  unpackedBytes: 16 * GIB,
  ratio: 200,
  ratioGraceBytes: 64 * MIB,
  entries: 50_000,
  pathBytes: 512,
  pathDepth: 32,
  yamlBytes: MIB,
  artifactListBytes: MIB,
  artifacts: 10_000,
  manifestBytes: 4 * MIB,
  heldManifestBytes: 16 * MIB,
  chartLayerBytes: 8 * MIB,
  chartUnpackedBytes: 64 * MIB,
  chartEntries: 5_000,
  heldChartBytes: 16 * MIB,
  logoBytes: 512 * KIB,
  milliseconds: 2 * 3_600_000,
}
