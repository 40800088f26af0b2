import { stat } from 'node:fs/promises'
import { openBlobFolder, type BlobFolder } from '../blob-sink.ts'
import type { PackageArtifact, PackageContents } from '../package-contents.ts'
import { PackageError } from '../package-error.ts'
import { inParallel } from './in-parallel.ts'
import { pushBlob } from './push-blob.ts'
import { planArtifact, type PlannedArtifact } from './push-plan.ts'
import { RegistryClient, type RegistryClientOptions } from './registry-client.ts'
import { repositoryAt, type RegistryTarget } from './registry-target.ts'

export interface PushInput {
  contents: Pick<PackageContents, 'artifacts'>
  /** The package's own folder, as `openBlobFolder` filled it while reading. */
  blobsDir: string
  target: RegistryTarget
  /** Told after each piece. */
  onProgress?: ((progress: PushProgress) => void) | undefined
  /** Blobs under way at the same time; 4 unless given. */
  parallel?: number
  /** Tags that stand with other content are given the package's; else that is refused. */
  replace?: boolean
  /** Bytes that one request sends at most; 64 MiB unless given. */
  chunkBytes?: number
  client?: RegistryClientOptions
  signal?: AbortSignal
}

/** How far a push has come. A blob that several artifacts share counts for the first of them. Bytes. */
export interface PushProgress {
  /** `repository:tag` of the artifact that this is about. */
  artifact: string
  sentBytes: number
  /** Of the whole push. */
  totalSentBytes: number
  /** What the registry had already, or took from another repository. */
  totalSkippedBytes: number
  totalBytes: number
}

export interface PushedArtifact {
  /** As the package has it. */
  repository: string
  tag: string
  /** Null for one that the package does not hold and the registry had. */
  digest: string | null
  change: 'pushed' | 'unchanged'
}

export interface PushResult {
  artifacts: PushedArtifact[]
  sentBytes: number
  skippedBytes: number
}

const PARALLEL = 4
const CHUNK_BYTES = 64 * 1024 * 1024

/**
 * Pushes all artifacts of a package: first blobs, then the manifests below indexes, then tags. What the registry has is
 * left alone, so that a cut push is completed by repeating it. Digests and bytes stay the package's.
 * @throws RegistryError; PackageError `artifact-absent`, `tag-conflict`, `artifact-incomplete`; the signal's reason
 */
export async function pushArtifacts(input: PushInput): Promise<PushResult> {
  // The first failure ends what else is under way.
  const ended = new AbortController()
  const signal = input.signal === undefined ? ended.signal : AbortSignal.any([input.signal, ended.signal])
  const client = new RegistryClient(input.target, input.client, signal)
  try {
    return await push(input, client, ended, signal)
  } finally {
    await client.close()
  }
}

async function push(
  input: PushInput,
  client: RegistryClient,
  ended: AbortController,
  signal: AbortSignal,
): Promise<PushResult> {
  const { contents, target, parallel = PARALLEL } = input
  const folder = await openBlobFolder(input.blobsDir)
  const inTurn = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> =>
    inParallel(items, parallel, async (item) => {
      signal.throwIfAborted()
      await work(item).catch((error: unknown) => {
        ended.abort(error)
        throw error
      })
    })

  const planned: PlannedArtifact[] = []
  const standing = new Map<string, string | null>()
  await inTurn(contents.artifacts, async (artifact) => {
    const name = `${artifact.repository}:${artifact.tag}`
    const live = await client.manifestDigest(repositoryAt(target, artifact.repository), artifact.tag)
    checkTag(artifact, live, input.replace === true)
    standing.set(name, live)
    const plan = await planArtifact(artifact, folder, target)
    if (plan !== null) planned.push(plan)
  })
  const missing = planned.filter(({ name, root }) => standing.get(name) !== root.digest)
  const totals = await pushBlobs(input, { client, folder, planned: missing, inTurn, signal })
  await inTurn(missing, async ({ repository, children }) => {
    for (const { digest, bytes, mediaType } of children)
      if ((await client.manifestDigest(repository, digest)) === null)
        await client.putManifest(repository, digest, bytes, mediaType)
  })
  // Tags come last: whoever sees one can have all below it.
  await inTurn(missing, ({ repository, tag, root }) =>
    client.putManifest(repository, tag, root.bytes, root.mediaType),
  )
  const pushed = new Set(missing.map(({ name }) => name))
  return {
    ...totals,
    artifacts: contents.artifacts.map(({ repository, tag, digest }) => ({
      repository,
      tag,
      digest,
      change: pushed.has(`${repository}:${tag}`) ? 'pushed' : 'unchanged',
    })),
  }
}

function checkTag(
  { repository, tag, digest }: PackageArtifact,
  live: string | null,
  mayReplace: boolean,
): void {
  const name = `${repository}:${tag}`
  if (digest === null && live === null)
    throw new PackageError('artifact-absent', `${name} is neither in the package nor in the registry`, {
      entry: name,
    })
  if (digest !== null && live !== null && digest !== live && !mayReplace)
    throw new PackageError('tag-conflict', `The registry holds ${name} with other content (${live})`, {
      entry: name,
      differences: [name],
    })
}

interface Pushing {
  client: RegistryClient
  folder: BlobFolder
  planned: readonly PlannedArtifact[]
  inTurn: <T>(items: readonly T[], work: (item: T) => Promise<void>) => Promise<void>
  signal: AbortSignal
}

interface BlobJob {
  digest: string
  size: number
  /** The artifact that it counts for. */
  artifact: string
  repositories: Set<string>
}

/** A blob goes up once; further repositories take it from the first. */
async function pushBlobs(
  input: PushInput,
  { client, folder, planned, inTurn, signal }: Pushing,
): Promise<Pick<PushResult, 'sentBytes' | 'skippedBytes'>> {
  const jobs = await listJobs(planned, folder)
  const totalBytes = jobs.reduce((sum, { size }) => sum + size, 0)
  const sentOf = new Map<string, number>()
  let sentBytes = 0
  let skippedBytes = 0
  const count = (artifact: string, sent: number, skipped: number) => {
    sentBytes += sent
    skippedBytes += skipped
    const own = (sentOf.get(artifact) ?? 0) + sent
    sentOf.set(artifact, own)
    input.onProgress?.({
      artifact,
      sentBytes: own,
      totalSentBytes: sentBytes,
      totalSkippedBytes: skippedBytes,
      totalBytes,
    })
  }
  // What is to be sent is told before the first of it has arrived.
  if (jobs[0] !== undefined) count(jobs[0].artifact, 0, 0)
  await inTurn(jobs, async ({ digest, size, artifact, repositories }) => {
    const having: string[] = []
    const lacking: string[] = []
    for (const repository of repositories)
      ((await client.hasBlob(repository, digest)) ? having : lacking).push(repository)
    let isCounted = having.length > 0
    if (isCounted) count(artifact, 0, size)
    for (const repository of lacking) {
      let sent = 0
      const outcome = await pushBlob({
        client,
        repository,
        digest,
        path: folder.path(digest),
        size,
        mountFrom: having[0],
        chunkBytes: input.chunkBytes ?? CHUNK_BYTES,
        signal,
        onSent: (bytes) => {
          if (isCounted) return
          count(artifact, bytes - sent, 0)
          sent = bytes
        },
      })
      if (!isCounted && outcome === 'mounted') count(artifact, 0, size)
      isCounted = true
      having.push(repository)
    }
  })
  return { sentBytes, skippedBytes }
}

/** Each blob once, large ones first: the last to end should be small. */
async function listJobs(planned: readonly PlannedArtifact[], folder: BlobFolder): Promise<BlobJob[]> {
  const jobs = new Map<string, BlobJob>()
  for (const { name, repository, blobs } of planned)
    for (const digest of blobs) {
      const known = jobs.get(digest)
      if (known !== undefined) known.repositories.add(repository)
      else {
        const { size } = await stat(folder.path(digest))
        jobs.set(digest, { digest, size, artifact: name, repositories: new Set([repository]) })
      }
    }
  return [...jobs.values()].sort((a, b) => b.size - a.size)
}
