import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { RegistryError } from './registry-error.ts'
import { RegistryHttp, type RegistryAnswer, type RegistryHttpOptions } from './registry-http.ts'
import type { RegistryTarget } from './registry-target.ts'
import { DEFAULT_RETRY, withRetry, type RetryOptions } from './retry.ts'

/** An upload that the registry keeps open. */
export interface BlobUpload {
  repository: string
  /** Where it goes on; changes with every answer. */
  location: URL
}

export interface RegistryClientOptions extends RegistryHttpOptions {
  retry?: RetryOptions
}

/** Types of manifests that we ask for: without them registries convert, and the digest would not be the package's. */
const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

/**
 * The OCI distribution API of one registry. Repositories are named in full, prefix included. All methods throw
 * RegistryError, or the reason of the signal; those without a stream try again by themselves what may pass.
 */
export class RegistryClient {
  readonly retry: RetryOptions
  readonly #http: RegistryHttp
  readonly #signal: AbortSignal | undefined

  constructor(target: RegistryTarget, options: RegistryClientOptions = {}, signal?: AbortSignal) {
    this.#http = new RegistryHttp(target, options)
    this.retry = options.retry ?? DEFAULT_RETRY
    this.#signal = signal
  }

  /** Address of the registry, for messages. */
  get origin(): string {
    return this.#http.origin
  }

  /** Whether the registry answers us at all, with these credentials. */
  async check(): Promise<void> {
    await this.#send({ method: 'GET', url: '/v2/', scopes: [], accept: [200] })
  }

  async hasBlob(repository: string, digest: string): Promise<boolean> {
    const url = `/v2/${repository}/blobs/${digest}`
    const { status } = await this.#send({
      method: 'HEAD',
      url,
      scopes: [scopeOf(repository)],
      accept: [200, 404],
    })
    return status === 200
  }

  /**
   * Begins an upload, or finds that none is needed.
   * @param mount a blob of another repository of this registry, to be taken from there
   * @returns null when the blob was mounted
   */
  async startUpload(
    repository: string,
    mount?: { digest: string; from: string },
  ): Promise<BlobUpload | null> {
    const query =
      mount === undefined
        ? ''
        : `?${new URLSearchParams({ mount: mount.digest, from: mount.from }).toString()}`
    const answer = await this.#send({
      method: 'POST',
      url: `/v2/${repository}/blobs/uploads/${query}`,
      scopes: [scopeOf(repository), ...(mount === undefined ? [] : [`repository:${mount.from}:pull`])],
      accept: mount === undefined ? [202] : [201, 202],
      body: () => Buffer.alloc(0),
      bodyBytes: 0,
    })
    return answer.status === 201 ? null : this.#upload(repository, answer)
  }

  /** How far an upload has come, in bytes; null when the registry doesn't know it any more. */
  async uploadOffset(upload: BlobUpload): Promise<{ upload: BlobUpload; offset: number } | null> {
    const { repository, location } = upload
    const answer = await this.#send({
      method: 'GET',
      url: location,
      scopes: [scopeOf(repository)],
      accept: [204, 404, 410],
    })
    if (answer.status !== 204) return null
    return { upload: this.#upload(repository, answer, location), offset: endOfRange(answer.header('range')) }
  }

  /** Sends the bytes from `start` on, once. A failure leaves open how many of them arrived. */
  async sendChunk(
    { repository, location }: BlobUpload,
    chunk: { start: number; bytes: number; body: () => Readable; signal?: AbortSignal },
  ): Promise<BlobUpload> {
    const { start, bytes, body } = chunk
    const answer = await this.#http.send({
      method: 'PATCH',
      url: location,
      scopes: [scopeOf(repository)],
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `${start}-${start + bytes - 1}`,
      },
      body,
      bodyBytes: bytes,
      isSlow: true,
      accept: [202],
      signal: chunk.signal ?? this.#signal,
    })
    return this.#upload(repository, answer, location)
  }

  /** Ends an upload, once; the registry checks the digest. @param rest what was not sent yet */
  async finishUpload({ repository, location }: BlobUpload, digest: string, rest: Buffer): Promise<void> {
    const url = new URL(location)
    url.searchParams.set('digest', digest)
    await this.#http.send({
      method: 'PUT',
      url,
      scopes: [scopeOf(repository)],
      headers: { 'content-type': 'application/octet-stream' },
      body: () => rest,
      bodyBytes: rest.length,
      // What came before is put together and verified now.
      isSlow: rest.length === 0,
      accept: [201, 204],
      signal: this.#signal,
    })
  }

  /** Digest of the manifest under a tag or digest; null when there is none. */
  async manifestDigest(repository: string, reference: string): Promise<string | null> {
    const ask = (method: 'HEAD' | 'GET') =>
      this.#send({
        method,
        url: `/v2/${repository}/manifests/${reference}`,
        scopes: [scopeOf(repository)],
        headers: { accept: MANIFEST_TYPES },
        accept: [200, 404],
      })
    const head = await ask('HEAD')
    if (head.status === 404) return null
    const said = head.header('docker-content-digest')
    if (said !== undefined) return said
    const { status, body } = await ask('GET')
    return status === 404 ? null : `sha256:${createHash('sha256').update(body).digest('hex')}`
  }

  /** The manifest under a tag or digest, byte for byte; null when there is none. */
  async getManifest(repository: string, reference: string): Promise<Buffer | null> {
    const { status, body } = await this.#send({
      method: 'GET',
      url: `/v2/${repository}/manifests/${reference}`,
      scopes: [pullScopeOf(repository)],
      headers: { accept: MANIFEST_TYPES },
      accept: [200, 404],
    })
    return status === 404 ? null : body
  }

  /**
   * A blob's bytes from `offset` on, once: an error of the stream leaves it to the caller to go on.
   * @returns where the stream begins, which is 0 where the registry takes no ranges; null when there is no such blob
   */
  async openBlob(
    repository: string,
    digest: string,
    offset: number,
  ): Promise<{ stream: Readable; offset: number } | null> {
    const { status, stream } = await this.#send({
      method: 'GET',
      url: `/v2/${repository}/blobs/${digest}`,
      scopes: [pullScopeOf(repository)],
      headers: offset === 0 ? {} : { range: `bytes=${offset}-` },
      accept: [200, 206, 404],
      isStreamed: true,
    })
    return stream === undefined ? null : { stream, offset: status === 206 ? offset : 0 }
  }

  /** Stores a manifest under a tag or its digest, byte for byte. */
  async putManifest(repository: string, reference: string, bytes: Buffer, mediaType: string): Promise<void> {
    await this.#send({
      method: 'PUT',
      url: `/v2/${repository}/manifests/${reference}`,
      scopes: [scopeOf(repository)],
      headers: { 'content-type': mediaType },
      body: () => bytes,
      bodyBytes: bytes.length,
      accept: [201, 202],
    })
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#http.close()
  }

  #send(asked: Parameters<RegistryHttp['send']>[0]): Promise<RegistryAnswer> {
    const signal = this.#signal
    return withRetry(() => this.#http.send({ ...asked, signal }), this.retry, signal)
  }

  #upload(repository: string, answer: RegistryAnswer, known?: URL): BlobUpload {
    const location = answer.header('location')
    if (location === undefined && known === undefined)
      throw new RegistryError('invalid-answer', 'The registry began an upload without saying where')
    return {
      repository,
      location: location === undefined ? new URL(known ?? '') : this.#http.resolve(location, answer.url),
    }
  }
}

function scopeOf(repository: string): string {
  return `repository:${repository}:pull,push`
}

function pullScopeOf(repository: string): string {
  return `repository:${repository}:pull`
}

/** `0-99` are 100 bytes; `0-0` is what registries say of none, and of one. Absent: none. */
function endOfRange(header: string | undefined): number {
  const end = Number(/^(?:bytes=)?0-(\d{1,15})$/.exec(header ?? '')?.[1] ?? 0)
  return end === 0 ? 0 : end + 1
}
