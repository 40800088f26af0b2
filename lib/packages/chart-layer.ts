import { Readable } from 'node:stream'
import { STOP, walkArchive } from './archive-entries.ts'
import type { PackageLimits } from './package-limits.ts'
import { readText } from './package-text.ts'

/** Texts of one Helm chart by path inside it. */
export type ChartFiles = Record<string, string>

const KEPT =
  /^(?:Chart\.yaml|values\.yaml|module-plugin\.yaml|README\.md|CHANGELOG\.md|scripts\/[^/]+\.ya?ml)$/

/**
 * Opens a gzipped layer and keeps the texts that matter, when it is a chart: one folder with a Chart.yaml in it.
 * @returns undefined for any other layer
 * @throws PackageError when the archive breaks a limit or a rule
 */
export async function openChartLayer(layer: Buffer, limits: PackageLimits): Promise<ChartFiles | undefined> {
  const files: ChartFiles = {}
  let folder: string | undefined
  let isChart = true
  await walkArchive(
    Readable.from([layer], { objectMode: false }),
    { ...limits, unpackedBytes: limits.chartUnpackedBytes, entries: limits.chartEntries },
    async (entry) => {
      const slash = entry.path.indexOf('/')
      const top = entry.path.slice(0, Math.max(slash, 0))
      folder ??= top
      if (top === '' || top !== folder) {
        isChart = false
        return STOP
      }
      const path = entry.path.slice(slash + 1)
      if (KEPT.test(path)) files[path] = await readText(entry, limits.yamlBytes)
      return undefined
    },
  )
  return isChart && files['Chart.yaml'] !== undefined ? files : undefined
}
