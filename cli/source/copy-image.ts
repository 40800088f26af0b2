import { buffer } from 'node:stream/consumers'
import type { ArtifactReference } from '#lib/packages/artifact-list.ts'
import {
  isForeign,
  isRecord,
  parseManifest,
  platformOf,
  referencesIn,
  type BlobReference,
} from '#lib/packages/oci-manifest.ts'
import type { ImageSource } from './image-source.ts'
import type { WorkFolder } from './work-folder.ts'

const MAX_DEPTH = 4
const MANIFEST_BYTES = 4 * 1024 * 1024

export interface CopyOptions {
  source: ImageSource
  folder: WorkFolder
  /** `os/architecture[/variant]` wanted of images for several; all when empty. */
  platforms: readonly string[]
  signal: AbortSignal
  /** Told how many bytes have been read. */
  onBytes?: (done: number) => void
}

interface Copied {
  blobs: Set<string>
  manifests: Set<string>
  bytes: number
}

/**
 * Copies an image and all below it, and names it. Of an index, only the platforms that are wanted: it becomes another index then.
 * @throws Error when a manifest is none, a blob is not what its digest says, or no wanted platform is there
 */
export async function copyImage(
  name: ArtifactReference,
  digest: string,
  options: CopyOptions,
): Promise<void> {
  const copied: Copied = { blobs: new Set(), manifests: new Set(), bytes: 0 }
  const own = await copyManifest(digest, `${name.repository}:${name.tag}`, options, copied, 0)
  await options.folder.tag(name, own, copied)
}

async function copyManifest(
  digest: string,
  name: string,
  options: CopyOptions,
  copied: Copied,
  depth: number,
): Promise<string> {
  const { source, folder, signal } = options
  signal.throwIfAborted()
  const bytes = await buffer(atMost(source.readManifest(digest), MANIFEST_BYTES, name))
  const value = parsed(bytes, name)
  const manifest = parseManifest(value)
  if (manifest === undefined || depth > MAX_DEPTH)
    throw new Error(`${name} has a manifest that is none (${digest})`)
  for (const blob of [...(manifest.config === null ? [] : [manifest.config]), ...manifest.layers]) {
    if (isForeign(blob) || copied.blobs.has(blob.digest)) continue
    if (!folder.has(blob.digest))
      await folder.addBlob(whileWanted(source.readBlob(blob.digest), blob, options, copied), blob.digest)
    copied.blobs.add(blob.digest)
  }
  if (manifest.manifests.length === 0) {
    if (depth === 0 && manifest.config !== null) await checkPlatform(manifest.config.digest, name, options)
    await folder.addBlob([bytes], digest)
    copied.manifests.add(digest)
    return digest
  }
  const { index, kept } = narrowed(value, options.platforms, name)
  for (const child of kept) await copyManifest(child, name, options, copied, depth + 1)
  const own = await folder.addBlob([index ?? bytes], index === undefined ? digest : undefined)
  copied.manifests.add(own.digest)
  return own.digest
}

/** The manifests of an index that are wanted; a new index unless that is all of them. */
function narrowed(
  value: unknown,
  platforms: readonly string[],
  name: string,
): { index?: Buffer; kept: string[] } {
  const entries =
    isRecord(value) && Array.isArray(value['manifests']) ? (value['manifests'] as unknown[]) : []
  const wanted = entries.filter((entry) => {
    const platform = isRecord(entry) ? platformOf(entry['platform']) : null
    return platforms.length === 0 || (platform !== null && platforms.some((one) => fits(platform, one)))
  })
  const kept = referencesIn(wanted).map(({ digest }) => digest)
  if (kept.length === 0) {
    const there = referencesIn(entries).flatMap(({ platform }) => platform ?? [])
    throw new Error(
      `${name} is not there for ${platforms.join(', ')}, but for ${there.join(', ') || 'nothing'}`,
    )
  }
  if (wanted.length === entries.length) return { kept }
  return { index: Buffer.from(JSON.stringify({ ...(value as object), manifests: wanted })), kept }
}

/** An image for one platform must be for a wanted one; what runs nowhere, such as a chart, is for all. */
async function checkPlatform(
  config: string,
  name: string,
  { source, platforms }: CopyOptions,
): Promise<void> {
  if (platforms.length === 0) return
  const platform = platformOf(
    parsed(await buffer(atMost(source.readBlob(config), MANIFEST_BYTES, name)), name),
  )
  if (platform !== null && !platforms.some((one) => fits(platform, one)))
    throw new Error(`${name} is not there for ${platforms.join(', ')}, but for ${platform}`)
}

function fits(platform: string, wanted: string): boolean {
  return platform === wanted || platform.startsWith(`${wanted}/`)
}

function parsed(bytes: Buffer, name: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Error(`${name} has a manifest that is not JSON`)
  }
}

async function* whileWanted(
  source: AsyncIterable<Uint8Array>,
  { digest, size }: BlobReference,
  { signal, onBytes }: CopyOptions,
  copied: Copied,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of source) {
    signal.throwIfAborted()
    bytes += chunk.length
    // A source that never ends would fill the disk before its digest shows what it is.
    if (size !== null && bytes > size)
      throw new Error(`${digest} is larger than its manifest says (${size} bytes)`)
    copied.bytes += chunk.length
    onBytes?.(copied.bytes)
    yield chunk
  }
}

async function* atMost(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  name: string,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`${name} has a manifest larger than ${maxBytes} bytes`)
    yield chunk
  }
}
