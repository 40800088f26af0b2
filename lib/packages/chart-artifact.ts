import { createHash } from 'node:crypto'
import type { JsonObject } from '#lib/kinds/object.ts'
import { packTgz } from './pack-tgz.ts'

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json'
const CONFIG_TYPE = 'application/vnd.cncf.helm.config.v1+json'
const LAYER_TYPE = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip'
const ROOT = 'res/registry/docker/registry/v2'

/**
 * A Helm chart as an OCI artifact in the registry's file layout, as a package carries it.
 * @param files the chart's files by path inside its folder
 * @param metadata Chart.yaml, parsed
 * @returns the package's files by path
 */
export async function chartArtifact(
  repository: string,
  tag: string,
  metadata: JsonObject & { name: string },
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Map<string, Buffer>> {
  const folder = new Map([...files].map(([path, bytes]) => [`${metadata.name}/${path}`, bytes]))
  const layer = await packTgz(folder)
  const { config, manifest } = chartManifest(metadata, layer)
  const result = new Map<string, Buffer>()
  for (const blob of [config, layer, manifest]) {
    const hex = sha256(blob)
    result.set(`${ROOT}/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`, blob)
  }
  const links = `${ROOT}/repositories/${repository}`
  for (const blob of [config, layer]) result.set(`${links}/_layers/sha256/${sha256(blob)}/link`, link(blob))
  const hex = sha256(manifest)
  result.set(`${links}/_manifests/revisions/sha256/${hex}/link`, link(manifest))
  result.set(`${links}/_manifests/tags/${tag}/current/link`, link(manifest))
  result.set(`${links}/_manifests/tags/${tag}/index/sha256/${hex}/link`, link(manifest))
  return result
}

/**
 * What makes an OCI artifact of a chart, the layer itself.
 * @param metadata Chart.yaml, parsed
 * @param layer the chart as a `.tgz`
 */
export function chartManifest(metadata: JsonObject, layer: Buffer): { config: Buffer; manifest: Buffer } {
  const config = Buffer.from(JSON.stringify(metadata))
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: descriptor(CONFIG_TYPE, config),
      layers: [descriptor(LAYER_TYPE, layer)],
    }),
  )
  return { config, manifest }
}

function descriptor(mediaType: string, bytes: Buffer): JsonObject {
  return { mediaType, digest: `sha256:${sha256(bytes)}`, size: bytes.length }
}

function link(bytes: Buffer): Buffer {
  return Buffer.from(`sha256:${sha256(bytes)}`)
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
