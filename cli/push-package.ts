import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { openBlobFolder, type BlobSink } from '#lib/packages/blob-sink.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { PackageError } from '#lib/packages/package-error.ts'
import { warningText } from '#lib/packages/package-warning.ts'
import { withPackageFolder } from '#lib/packages/package-folder.ts'
import { planPublish, type ObjectChange } from '#lib/packages/plan-publish.ts'
import type { Change } from '#lib/packages/publish-input.ts'
import { publishPackage } from '#lib/packages/publish-package.ts'
import { compareArtifacts, type ComparedArtifact } from '#lib/packages/registry/compare-artifacts.ts'
import { pushArtifacts, type PushProgress } from '#lib/packages/registry/push-artifacts.ts'
import type { RegistryClientOptions } from '#lib/packages/registry/registry-client.ts'
import type { RegistryTarget } from '#lib/packages/registry/registry-target.ts'
import { DEFAULT_RETRY } from '#lib/packages/registry/retry.ts'
import { judge, type Verdict } from '#lib/packages/verify/verdict.ts'
import { createVerifier } from '#lib/packages/verify/verify-package.ts'
import { openPackage } from './open-package.ts'
import { startProgress } from './progress.ts'
import { withSpaceIn } from './space.ts'
import type { Terminal } from './terminal.ts'
import { readSidecars, type Verification } from './verification.ts'

export interface PushJob {
  file: string
  /** The global cluster's API; null: no objects are made. */
  client: KubeClient | null
  /** Null: no artifacts are pushed. */
  target: RegistryTarget | null
  /** Address where artifacts that are not pushed are already; null: nobody knows one. */
  standing: string | null
  uploadedBy: string | null
  dryRun: boolean
  replace: boolean
  verification: Verification
  parallel: number
  terminal: Terminal
  signal: AbortSignal
}

/** What was done about a package, or would be. */
export interface PushOutcome {
  file: string
  plugin: string
  version: string
  /** What checksum and signature said; null: nobody looked, or there is neither. */
  verification: Verdict | null
  changed: boolean
  /** Null: they were not to be pushed, or nobody names a registry. */
  artifacts: Pick<ComparedArtifact, 'repository' | 'tag' | 'change'>[] | null
  /** Null where none are made. */
  objects: (Change & Partial<Pick<ObjectChange, 'differences'>>)[] | null
  warnings: string[]
}

/** How the folders begin in which blobs wait while a package is pushed, below the system's own for temporary files. */
export const PUSH_PREFIX = 'violet-push-'

/**
 * Publishes one package: checks and reads all of it, pushes its artifacts, makes its objects. Cut anywhere and repeated,
 * it ends the same.
 * @throws PackageError, RegistryError, KubeError
 */
export async function pushPackage(job: PushJob): Promise<PushOutcome> {
  if (job.target === null || job.dryRun) {
    const verified = await readVerified(job)
    return job.dryRun ? plan(job, verified) : publish(job, verified, null)
  }
  const parent = tmpdir()
  return withSpaceIn(parent, () =>
    withPackageFolder(
      parent,
      async (dir) => publish(job, await readVerified(job, await openBlobFolder(dir)), dir),
      PUSH_PREFIX,
    ),
  )
}

interface Verified {
  contents: PackageContents
  /** Undefined: nobody looked, or nothing was there. */
  verdict: Verdict | undefined
  warnings: string[]
}

async function readVerified(job: PushJob, blobs?: BlobSink): Promise<Verified> {
  const { file, terminal, signal } = job
  const { policy, keyring, limits } = job.verification
  const verifier =
    policy === 'off' ? undefined : await createVerifier(basename(file), await readSidecars(file), keyring)
  const options = { terminal, limits, signal, verifier, ...(blobs !== undefined && { blobs }) }
  const contents = await openPackage(file, options)
  const found = await verifier?.verdict()
  // Nothing beside the package is nothing to record.
  const verdict = found?.checksum === 'none' && found.signature === 'none' ? undefined : found
  const warnings = found === undefined ? [] : judge(found, policy)
  return { contents, verdict, warnings: [...warnings, ...contents.warnings.map(warningText)] }
}

async function plan(job: PushJob, verified: Verified): Promise<PushOutcome> {
  const { contents } = verified
  const { client, target, replace, terminal, signal } = job
  const artifacts =
    target === null
      ? null
      : await compareArtifacts(contents.artifacts, target, { signal, client: patience(terminal) })
  const objects =
    client === null ? null : await planPublish({ client, contents, verification: verified.verdict, signal })
  const absent = (artifacts ?? []).find(({ change }) => change === 'absent')
  if (absent !== undefined)
    throw new PackageError(
      'artifact-absent',
      `${absent.repository}:${absent.tag} is neither in the package nor in the registry`,
    )
  const differences = [
    ...(objects ?? []).flatMap((object) => (object.change === 'conflict' ? object.differences : [])),
    ...(artifacts ?? []).flatMap(({ change, repository, tag }) =>
      change === 'conflict' ? [`${repository}:${tag}`] : [],
    ),
  ]
  if (differences.length > 0 && !replace)
    throw new PackageError(
      'version-conflict',
      `${contents.plugin} ${contents.version} stands already with other content (${differences.join(', ')})`,
      { differences },
    )
  // Only those that are replaced are left.
  const changes = {
    artifacts: artifacts?.map((one) =>
      one.change === 'conflict' ? { ...one, change: 'pushed' as const } : one,
    ),
    objects: objects?.map(({ change, ...one }) => ({
      ...one,
      change: change === 'conflict' ? ('updated' as const) : change,
    })),
  }
  const all = [...(changes.objects ?? []), ...(changes.artifacts ?? [])]
  return {
    ...outcome(job, verified),
    changed: all.some(({ change }) => change !== 'unchanged'),
    artifacts: changes.artifacts ?? null,
    objects: changes.objects ?? null,
  }
}

async function publish(job: PushJob, verified: Verified, blobsDir: string | null): Promise<PushOutcome> {
  const { contents, verdict } = verified
  const { client, target, file, uploadedBy, replace, parallel, terminal, signal } = job
  const { plugin, version, artifacts } = contents
  const count = `${artifacts.length} ${artifacts.length === 1 ? 'artifact' : 'artifacts'}`
  const progress = startProgress(terminal, `Publishing ${plugin} ${version}, ${count}`)
  const onProgress = ({ totalSentBytes, totalSkippedBytes, totalBytes }: PushProgress) =>
    progress.update(totalSentBytes + totalSkippedBytes, totalBytes)
  const push =
    blobsDir === null || target === null
      ? undefined
      : { blobsDir, target, onProgress, parallel, client: patience(terminal) }
  const base = outcome(job, verified)
  try {
    if (client === null) {
      if (push === undefined) return { ...base, changed: false, artifacts: null, objects: null }
      const pushed = await pushArtifacts({ ...push, contents, replace, signal })
      const changed = pushed.artifacts.some(({ change }) => change === 'pushed')
      return { ...base, changed, artifacts: pushed.artifacts, objects: null }
    }
    const input = {
      client,
      contents,
      fileName: basename(file),
      uploadedBy,
      replace,
      verification: verdict,
      push,
      registry: job.standing ?? undefined,
      signal,
    }
    const published = await publishPackage(input, ({ name, detail }) => {
      terminal.debug(`${name}: ${detail}`)
    })
    const { changed, objects } = published
    return { ...base, changed, artifacts: published.artifacts, objects }
  } finally {
    progress.end()
  }
}

/** What passes is tried again for a while; that is said, once for each reason. */
function patience(terminal: Terminal): RegistryClientOptions {
  const said = new Set<string>()
  const onRetry = ({ message }: Error) => {
    if (!said.has(message)) terminal.say(`${message}: trying again`)
    said.add(message)
  }
  return { retry: { ...DEFAULT_RETRY, onRetry } }
}

function outcome(
  { file }: PushJob,
  { contents: { plugin, version }, verdict, warnings }: Verified,
): Pick<PushOutcome, 'file' | 'plugin' | 'version' | 'verification' | 'warnings'> {
  return { file: basename(file), plugin, version, verification: verdict ?? null, warnings }
}
