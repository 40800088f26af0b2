import { createHash } from 'node:crypto'
import { parseArtifactReference, type ArtifactReference } from '#lib/packages/artifact-list.ts'
import { pullBlob } from '#lib/packages/registry/pull-blob.ts'
import { RegistryClient } from '#lib/packages/registry/registry-client.ts'
import { RegistryError } from '#lib/packages/registry/registry-error.ts'
import { parseRegistryAddress } from '#lib/packages/registry/registry-target.ts'
import type { RegistryLogin } from '../registry-options.ts'
import type { ImageSource } from './image-source.ts'

/** `host[:port]/repository:tag` */
const REFERENCE = /^((?:[a-z0-9-]+\.)+[a-z0-9-]+(?::\d{1,5})?|[a-z0-9-]+:\d{1,5}|localhost)\/(.+)$/i

/** Artifacts of registries; connections stay open until `close`. */
export class RegistrySources {
  readonly #login: RegistryLogin
  readonly #signal: AbortSignal
  readonly #clients = new Map<string, RegistryClient>()

  constructor(login: RegistryLogin, signal: AbortSignal) {
    this.#login = login
    this.#signal = signal
  }

  /** The artifact that a reference names; undefined when it is none. */
  open(text: string): ImageSource | undefined {
    const [, host, rest] = REFERENCE.exec(text) ?? []
    const reference = parseArtifactReference(rest ?? '')
    if (host === undefined || reference === undefined) return undefined
    return artifactSource(this.#clientOf(host), reference, this.#signal)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()))
  }

  #clientOf(host: string): RegistryClient {
    const known = this.#clients.get(host)
    if (known !== undefined) return known
    const client = new RegistryClient(parseRegistryAddress(host, this.#login), {}, this.#signal)
    this.#clients.set(host, client)
    return client
  }
}

function artifactSource(client: RegistryClient, name: ArtifactReference, signal: AbortSignal): ImageSource {
  const { repository, tag } = name
  const manifests = new Map<string, Buffer>()

  async function fetchManifest(reference: string): Promise<Buffer> {
    const bytes = await client.getManifest(repository, reference)
    if (bytes === null)
      throw new RegistryError('not-found', `${new URL(client.origin).host} has no ${repository}:${reference}`)
    return bytes
  }

  return {
    async images() {
      const bytes = await fetchManifest(tag)
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
      manifests.set(digest, bytes)
      return [{ name, digest }]
    },
    async *readManifest(digest) {
      yield manifests.get(digest) ?? (await fetchManifest(digest))
    },
    readBlob: (digest) => pullBlob(client, repository, digest, signal),
  }
}
