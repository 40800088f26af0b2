import { createHash } from 'node:crypto'
import { chartArtifact } from '#lib/packages/chart-artifact.ts'
import { imageOf, indexOf, ociLayout, type TestImage } from '#lib/packages/testing/oci-blobs.ts'
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
