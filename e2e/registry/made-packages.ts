import { createHash } from 'node:crypto'
import { chartArtifact } from '#lib/packages/chart-artifact.ts'
import { blobOf, imageOf, indexOf, ociLayout, type TestImage } from '#lib/packages/testing/oci-blobs.ts'
import { packEntries, pluginYaml, type TestEntry } from '#lib/packages/testing/pack-entries.ts'

const AMD = { os: 'linux', architecture: 'amd64' }
const ARM = { os: 'linux', architecture: 'arm64' }

/** Bytes that do not compress, the same for the same seed. */
export function noise(seed: string, bytes: number): string {
  let text = ''
  for (let at = 0; text.length < bytes; at++)
    text += createHash('sha512').update(`${seed} ${at}`).digest('base64')
  return text.slice(0, bytes)
}

/** An image for two platforms. */
export function twoPlatforms(seed: string, bytes: number): TestImage {
  return indexOf([
    { image: imageOf(noise(`amd ${seed}`, bytes), AMD), ...AMD },
    { image: imageOf(noise(`arm ${seed}`, bytes), ARM), ...ARM },
  ])
}

/** A package in the OCI layout: `images` by `repository:tag`. */
export function ociPackage(
  images: Readonly<Record<string, TestImage>>,
  { name = 'demo', version = 'v1.0.0' } = {},
): Promise<Buffer> {
  return packEntries([
    ...ociLayout('res/registry', Object.entries(images)),
    ['res/resources.yaml', named(name, version)],
    ['res/artifacts.txt', Object.keys(images).join('\n')],
  ])
}

/** A chart as an artifact. @param files texts by path inside it, beside what every main chart has */
export async function chartOf(
  name: string,
  version: string,
  files: Readonly<Record<string, string>> = {},
): Promise<TestImage> {
  const content = Object.entries({
    'Chart.yaml': `name: ${name}\nversion: ${version.slice(1)}\n`,
    'scripts/plugin-config.yaml': 'config: {}\n',
    ...files,
  })
  const layer = blobOf(await packEntries(content.map(([path, text]): TestEntry => [`${name}/${path}`, text])))
  const config = blobOf({ name, version: version.slice(1) })
  const describe = (kind: string, { digest, bytes }: typeof layer) => ({
    mediaType: `application/vnd.cncf.helm.${kind}`,
    digest,
    size: bytes.length,
  })
  const manifest = blobOf({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: describe('config.v1+json', config),
    layers: [describe('chart.content.v1.tar+gzip', layer)],
  })
  return { manifest, blobs: [config, layer, manifest] }
}

/**
 * A whole plugin in the OCI layout: its main chart `ait/<name>`, which lists the images, and the images.
 * @param images by `repository:tag`
 * @param entries further files, such as `res/hooks/pre.sh`
 */
export async function wholePackage(
  { name, version, spec = '', metadata = '' }: PluginDocument,
  images: Readonly<Record<string, TestImage>>,
  { files = {}, entries = [] }: { files?: Readonly<Record<string, string>>; entries?: TestEntry[] } = {},
): Promise<Buffer> {
  const listed = Object.keys(images).map((image, at) => {
    const [repository = '', tag = ''] = image.split(':')
    return `    image${at}: {repository: ${repository}, tag: ${tag}, support_arm: true}\n`
  })
  const values = listed.length === 0 ? '' : `global:\n  images:\n${listed.join('')}`
  const chart = await chartOf(name, version, { 'values.yaml': values, ...files })
  const all = { [`ait/${name}:${version}`]: chart, ...images }
  const chartVersions = `{name: ait/${name}, releaseName: ${name}, version: ${version}}`
  const releases = `  mainChart: ait/${name}
  appReleases: [{name: ${name}, chartVersions: [${chartVersions}]}]`
  const yaml = pluginYaml(`${releases}\n${spec}`, metadata)
  return packEntries([
    ...ociLayout('res/registry', Object.entries(all)),
    ['res/resources.yaml', yaml.replaceAll('name: demo', `name: ${name}`).replace('v1.0.0', version)],
    ['res/artifacts.txt', Object.keys(all).join('\n')],
    ...entries,
  ])
}

interface PluginDocument {
  name: string
  version: string
  /** Further fields of its spec and metadata, as YAML indented by two. */
  spec?: string
  metadata?: string
}

/** A package in the registry's own layout: a chart `ait/<name>:<version>` of about so many bytes. */
export async function chartPackage(name: string, version: string, bytes: number): Promise<Buffer> {
  const chart = new Map([
    ['Chart.yaml', Buffer.from(`name: ${name}\nversion: ${version.slice(1)}\n`)],
    ['scripts/plugin-config.yaml', Buffer.from('config: {}\n')],
    ['files/noise.txt', Buffer.from(noise(name + version, bytes))],
  ])
  const files = await chartArtifact(`ait/${name}`, version, { name }, chart)
  const spec = `  mainChart: ait/${name}
  appReleases: [{name: ${name}, chartVersions: [{name: ait/${name}, releaseName: ${name}, version: ${version}}]}]`
  return packEntries([
    ...[...files].map(([path, content]): TestEntry => [path, content]),
    ['res/resources.yaml', named(name, version, spec)],
    ['res/artifacts.txt', `ait/${name}:${version}\n`],
  ])
}

function named(name: string, version: string, spec = ''): string {
  return pluginYaml(spec).replaceAll('demo', name).replace('v1.0.0', version)
}
