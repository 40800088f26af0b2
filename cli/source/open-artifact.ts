import { mkdtemp, stat } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArtifactReference, type ArtifactReference } from '#lib/packages/artifact-list.ts'
import { UsageError } from '../usage-error.ts'
import { chartFromFile, chartFromFolder, type Chart } from './chart-source.ts'
import { dockerArchiveSource } from './docker-archive-source.ts'
import type { ImageSource } from './image-source.ts'
import { layoutSource } from './layout-source.ts'
import { unpackArchive } from './unpack-archive.ts'

/** What `--artifact` names: a chart, or something that holds images. */
export interface OpenedArtifact {
  /** As it was written. */
  source: string
  /** The name that it shall have, where one was given. */
  name: ArtifactReference | null
  content: { kind: 'chart'; chart: Chart } | { kind: 'images'; images: ImageSource }
}

export interface OpenOptions {
  /** Where archives are unpacked, below. */
  workDir: string
  signal: AbortSignal
  /** Opens what is no path: a reference to a registry. Undefined when it is none of those either. */
  openReference(reference: string): ImageSource | undefined
}

/**
 * Opens one `--artifact`: `[repository:tag=]` and then a chart's folder or `.tgz`, an OCI image layout, an archive of
 * `docker save` or of an OCI layout, or a reference to a registry.
 * @throws UsageError when it is none of these; what reading it throws
 */
export async function openArtifact(text: string, options: OpenOptions): Promise<OpenedArtifact> {
  const equals = text.indexOf('=')
  const name = (equals > 0 ? parseArtifactReference(text.slice(0, equals)) : undefined) ?? null
  const source = name === null ? text : text.slice(equals + 1)
  return { source, name, content: await openSource(source, options) }
}

async function openSource(source: string, options: OpenOptions): Promise<OpenedArtifact['content']> {
  if (!existsSync(source)) {
    const images = options.openReference(source)
    if (images !== undefined) return { kind: 'images', images }
    throw new UsageError(`--artifact ${source}: ${whyNothing(source)}`)
  }
  if ((await stat(source)).isDirectory()) {
    if (existsSync(join(source, 'Chart.yaml'))) return { kind: 'chart', chart: await chartFromFolder(source) }
    if (existsSync(join(source, 'index.json'))) return { kind: 'images', images: layoutSource(source) }
    throw new UsageError(
      `--artifact ${source}: the folder is neither a chart (Chart.yaml) nor an OCI image layout (index.json).`,
    )
  }
  const chart = await chartFromFile(source)
  return chart === undefined
    ? { kind: 'images', images: await openArchive(source, options) }
    : { kind: 'chart', chart }
}

function whyNothing(source: string): string {
  const hint = 'a registry is named as registry.example/ait/web-cli:v1'
  if (source.includes('@sha256:'))
    return `a digest is no name; ${hint}, and a tag that leads to that digest is checked as well.`
  if (/^[a-z0-9.-]+\.[a-z0-9.-]+(?::\d+)?\/[^:]+$/i.test(source))
    return `there is no such file or folder; ${hint}, with a tag.`
  return `there is no such file or folder, and it names no registry; ${hint}.`
}

async function openArchive(file: string, { workDir, signal }: OpenOptions): Promise<ImageSource> {
  const target = await mkdtemp(join(workDir, 'archive-'))
  const links = await unpackArchive(file, target, signal)
  // `docker save` writes both; its manifest.json holds no reference to what was not saved.
  if (existsSync(join(target, 'manifest.json'))) return dockerArchiveSource(target, links)
  if (existsSync(join(target, 'index.json'))) return layoutSource(target)
  throw new UsageError(`--artifact ${file}: the file is neither a chart nor an archive of images.`)
}
