import { stringify } from 'yaml'
import { parseArtifactReference, type ArtifactReference } from '#lib/packages/artifact-list.ts'
import { relatedImages } from '#lib/packages/related-images.ts'
import { selectObjects } from '#lib/packages/select-objects.ts'
import type { Terminal } from '../terminal.ts'
import { startProgress } from '../progress.ts'
import { UsageError } from '../usage-error.ts'
import { addChart, chartFromImage, type Chart } from './chart-source.ts'
import { copyImage } from './copy-image.ts'
import type { ImageSource } from './image-source.ts'
import type { OpenedArtifact } from './open-artifact.ts'
import { chartName, pluginObjects, withMainChart, withObligatory } from './plugin-objects.ts'
import type { WorkFolder } from './work-folder.ts'

export interface FillInput {
  opened: readonly OpenedArtifact[]
  folder: WorkFolder
  /** The file with the plugin's objects; undefined: a chart's own. */
  modulePlugin: string | undefined
  platforms: readonly string[]
  terminal: Terminal
  signal: AbortSignal
}

interface Image {
  name: ArtifactReference
  digest: string
  images: ImageSource
  source: string
}

/**
 * Puts artifacts, their list and the plugin's objects into a package's folder.
 * @throws UsageError for what needs another word; PackageError, RegistryError, Error for sources that are not sound
 */
export async function fillFolder(input: FillInput): Promise<{ plugin: string }> {
  const { opened, folder, platforms, terminal, signal } = input
  checkDoubles(opened)
  const images: Image[] = []
  for (const artifact of opened) images.push(...(await imagesOf(artifact)))
  const charts = new Map<Chart, ArtifactReference | null>()
  for (const { content, name } of opened) if (content.kind === 'chart') charts.set(content.chart, name)
  const local = [...charts.keys()]
  for (const { images: source, digest, name } of images) {
    const chart = await chartFromImage(source, digest)
    if (chart !== undefined) charts.set(chart, name)
  }
  let objects = await pluginObjects(input.modulePlugin, [...charts.keys()])
  for (const chart of local) {
    const name = charts.get(chart) ?? parseArtifactReference(chartName(chart, objects))
    if (name === undefined)
      throw new UsageError(`The chart ${chart.name} needs a name: --artifact repository:tag=SOURCE.`)
    charts.set(chart, name)
    await addChart(folder, name, chart)
    terminal.say(`${name.repository}:${name.tag}: chart ${chart.name} ${chart.version}`)
  }
  for (const { name, digest, images: from, source } of images) {
    const shown = `${name.repository}:${name.tag}`
    const progress = startProgress(terminal, `Copying ${shown} from ${source}`)
    await copyImage(name, digest, {
      source: from,
      folder,
      platforms,
      signal,
      onBytes: (done) => progress.update(done, 0),
    }).finally(() => progress.end())
    if (terminal.isInteractive) terminal.say(`${shown}: from ${source}`)
  }
  const [[chart, name] = []] = charts
  if (charts.size === 1 && chart !== undefined && name) objects = withMainChart(objects, chart, name)
  objects = withObligatory(objects)
  const { metadata, spec } = selectObjects(objects).modulePlugin
  const listed = (spec.appReleases ?? []).flatMap(({ chartVersions }) => chartVersions)
  warnOfMissing(
    'the plugin installs the chart',
    listed.map(({ name: chart, version }) => `${chart}:${version}`),
    input,
  )
  const related = [...charts.keys()].flatMap(({ files }) => relatedImages(files['values.yaml']))
  warnOfMissing(
    "a chart's values list the image",
    related.map((image) => `${image.repository}:${image.tag}`),
    input,
  )
  await folder.write(
    'res/resources.yaml',
    objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n'),
  )
  const names = folder.artifacts.map(({ repository, tag }) => `${repository}:${tag}\n`)
  await folder.write('res/artifacts.txt', names.join(''))
  return { plugin: metadata.name }
}

function checkDoubles(opened: readonly OpenedArtifact[]): void {
  const seen = new Set<string>()
  for (const { source, name } of opened) {
    const shown = name === null ? source : `${name.repository}:${name.tag}`
    if (seen.has(shown)) throw new UsageError(`--artifact ${shown} is given twice.`)
    seen.add(shown)
  }
}

async function imagesOf({ source, name, content }: OpenedArtifact): Promise<Image[]> {
  if (content.kind !== 'images') return []
  const images = await content.images.images()
  if (images.length === 0) throw new Error(`${source} holds no image`)
  if (name !== null && images.length > 1)
    throw new UsageError(
      `${source} holds ${images.length} images: they can't all be ${name.repository}:${name.tag}.`,
    )
  return images.map((image) => {
    const reference = name ?? image.name
    if (reference === null)
      throw new UsageError(`An image in ${source} has no name: --artifact repository:tag=${source}.`)
    return { name: reference, digest: image.digest, images: content.images, source }
  })
}

/** What a cluster without the internet would miss. */
function warnOfMissing(why: string, names: readonly string[], { folder, terminal }: FillInput): void {
  const held = new Set(folder.artifacts.map(({ repository, tag }) => `${repository}:${tag}`))
  for (const name of new Set(names))
    if (!held.has(name))
      terminal.warn(`${why} ${name}, which is none of the artifacts: add it with --artifact`)
}
