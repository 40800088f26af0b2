import { createHash } from 'node:crypto'
import { packTgz, pluginYaml, type PackageEntry } from './package-builder.ts'

const ROOT = 'res/registry/docker/registry/v2'

/** Hex SHA-256. */
function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * A package whose main chart has these files beside its Chart.yaml, in the registry's own layout.
 * @param files texts by path inside the chart
 */
export async function chartPackage(
  { name, version }: { name: string; version: string },
  files: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const chart: PackageEntry[] = Object.entries({
    'Chart.yaml': `name: ${name}\nversion: ${version.slice(1)}\n`,
    'scripts/plugin-config.yaml': 'config: {}\n',
    ...files,
  }).map(([path, text]) => [`${name}/${path}`, text])
  const layer = await packTgz(chart)
  const config = Buffer.from(JSON.stringify({ name }))
  const describe = (mediaType: string, bytes: Buffer) => ({
    mediaType: `application/vnd.cncf.helm.${mediaType}`,
    digest: `sha256:${sha256(bytes)}`,
    size: bytes.length,
  })
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType,
      config: describe('config.v1+json', config),
      layers: [describe('chart.content.v1.tar+gzip', layer)],
    }),
  )
  const repository = `ait/${name}`
  const tag = `${ROOT}/repositories/${repository}/_manifests/tags/${version}/current/link`
  const blobs = [config, layer, manifest].map((blob): PackageEntry => {
    const hex = sha256(blob)
    return [`${ROOT}/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`, blob]
  })
  const spec = `  mainChart: ${repository}
  appReleases: [{name: ${name}, chartVersions: [{name: ${repository}, releaseName: ${name}, version: ${version}}]}]`
  return packTgz([
    ['res/resources.yaml', pluginYaml({ name, version, spec })],
    ['res/artifacts.txt', `${repository}:${version}\n`],
    ...blobs,
    [tag, `sha256:${sha256(manifest)}`],
  ])
}
