import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { openBlobFolder } from '#lib/packages/blob-sink.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { PackageError } from '#lib/packages/package-error.ts'
import { withPackageFolder } from '#lib/packages/package-folder.ts'
import { planPublish, type ObjectChange } from '#lib/packages/plan-publish.ts'
import { publishPackage } from '#lib/packages/publish-package.ts'
import { compareArtifacts, type ComparedArtifact } from '#lib/packages/registry/compare-artifacts.ts'
import { pushArtifacts, type PushProgress } from '#lib/packages/registry/push-artifacts.ts'
import type { RegistryTarget } from '#lib/packages/registry/registry-target.ts'
import { openPackage } from './open-package.ts'
import { startProgress } from './progress.ts'
import type { Terminal } from './terminal.ts'

export interface PushJob {
  file: string
  /** The global cluster's API; null: no objects are made. */
  client: KubeClient | null
  /** Null: no artifacts are pushed. */
  target: RegistryTarget | null
  uploadedBy: string | null
  dryRun: boolean
  replace: boolean
  parallel: number
  terminal: Terminal
  signal: AbortSignal
}

/** What was done about a package, or would be. */
export interface PushOutcome {
  file: string
  plugin: string
  version: string
  changed: boolean
  /** Null: they were not to be pushed, or nobody names a registry. */
  artifacts: Pick<ComparedArtifact, 'repository' | 'tag' | 'change'>[] | null
  /** Of a dry run; null for a real one and where none are made. */
  objects: ObjectChange[] | null
  warnings: string[]
}

/** Where blobs wait while a package is pushed, in folders that go afterwards. */
export const PUSH_DIR = join(tmpdir(), 'violet')

/**
 * Publishes one package: reads all of it, pushes its artifacts, makes its objects. Cut anywhere and repeated, it ends the same.
 * @throws PackageError, RegistryError, KubeError
 */
export async function pushPackage(job: PushJob): Promise<PushOutcome> {
  const { file, target, dryRun, terminal, signal } = job
  if (target === null || dryRun) {
    const contents = await openPackage(file, { terminal, signal })
    return dryRun ? plan(job, contents) : publish(job, contents, null)
  }
  return withPackageFolder(PUSH_DIR, async (dir) => {
    const blobs = await openBlobFolder(dir)
    const contents = await openPackage(file, { terminal, signal, blobs })
    return publish(job, contents, dir)
  })
}

async function plan(job: PushJob, contents: PackageContents): Promise<PushOutcome> {
  const { client, target, signal } = job
  const artifacts = target === null ? null : await compareArtifacts(contents.artifacts, target, { signal })
  const objects = client === null ? null : await planPublish({ client, contents, signal })
  const conflicts = [
    ...(objects ?? []).flatMap(({ change, differences }) => (change === 'conflict' ? differences : [])),
    ...(artifacts ?? []).flatMap(({ change, repository, tag }) =>
      change === 'conflict' ? [`${repository}:${tag}`] : [],
    ),
  ]
  const absent = (artifacts ?? []).find(({ change }) => change === 'absent')
  if (absent !== undefined)
    throw new PackageError(
      'artifact-absent',
      `${absent.repository}:${absent.tag} is neither in the package nor in the registry`,
    )
  if (conflicts.length > 0 && !job.replace)
    throw new PackageError(
      'version-conflict',
      `${contents.plugin} ${contents.version} stands already with other content (${conflicts.join(', ')})`,
      { differences: conflicts },
    )
  const changed = [...(objects ?? []), ...(artifacts ?? [])].some(({ change }) => change !== 'unchanged')
  return { ...outcome(job, contents), changed, artifacts, objects }
}

async function publish(
  job: PushJob,
  contents: PackageContents,
  blobsDir: string | null,
): Promise<PushOutcome> {
  const { client, target, file, uploadedBy, terminal, signal } = job
  const pushed =
    blobsDir === null || target === null
      ? null
      : await withProgress(job, contents, (onProgress) =>
          pushArtifacts({
            contents,
            blobsDir,
            target,
            onProgress,
            parallel: job.parallel,
            replace: job.replace,
            signal,
          }),
        )
  const published =
    client === null
      ? null
      : await publishPackage(
          { client, contents, fileName: basename(file), uploadedBy, signal },
          ({ name, detail }) => terminal.debug(`${name}: ${detail}`),
        )
  const isChanged = (pushed?.artifacts ?? []).some(({ change }) => change === 'pushed')
  return {
    ...outcome(job, contents),
    changed: isChanged || published?.changed === true,
    artifacts: pushed?.artifacts ?? null,
    objects: null,
  }
}

async function withProgress<R>(
  { terminal }: PushJob,
  { plugin, version, artifacts }: PackageContents,
  work: (onProgress: (progress: PushProgress) => void) => Promise<R>,
): Promise<R> {
  const count = `${artifacts.length} ${artifacts.length === 1 ? 'artifact' : 'artifacts'}`
  const progress = startProgress(terminal, `Pushing ${plugin} ${version}, ${count}`)
  try {
    return await work(({ totalSentBytes, totalSkippedBytes, totalBytes }) =>
      progress.update(totalSentBytes + totalSkippedBytes, totalBytes),
    )
  } finally {
    progress.end()
  }
}

function outcome(
  { file }: PushJob,
  { plugin, version, warnings }: PackageContents,
): Pick<PushOutcome, 'file' | 'plugin' | 'version' | 'warnings'> {
  return { file: basename(file), plugin, version, warnings }
}
