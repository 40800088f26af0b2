import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UploadResult, UploadStep, UploadStepName } from '#lib/contract/package.ts'
import { UPLOAD_STEPS } from '#lib/contract/package.ts'
import type { ProblemCode } from '#lib/contract/problem.ts'
import { openBlobFolder } from '#lib/packages/blob-sink.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { PackageError } from '#lib/packages/package-error.ts'
import { withPackageFolder } from '#lib/packages/package-folder.ts'
import { publishPackage } from '#lib/packages/publish-package.ts'
import { readPackage } from '#lib/packages/read-package.ts'
import { findRegistry } from '#lib/packages/registry/find-registry.ts'
import { RegistryError } from '#lib/packages/registry/registry-error.ts'
import { judge, UNVERIFIED } from '#lib/packages/verify/verdict.ts'
import type { ServiceContext } from './context.ts'
import { serviceErrorOf } from './kube-call.ts'
import { globalClient } from './live-installation.ts'
import { ServiceError, UploadError } from './service-error.ts'

export interface UploadInput {
  /** Name of the file, as the browser has it. */
  fileName: string
  /** The package, as it arrives. */
  body: AsyncIterable<Uint8Array>
  /** Told after every step's change. */
  onSteps?: (steps: UploadStep[]) => void
}

/** How often the growing size is told, in milliseconds. */
const TELL_EVERY_MS = 250

/** Each upload has a folder of its own in here, for as long as it takes. */
export const UPLOADS_FOLDER = join(tmpdir(), 'plugin-marketplace-uploads')

type Verdict = UploadStep['verdict']

interface Steps {
  list(): UploadStep[]
  set(name: UploadStepName, state: UploadStep['state'], detail: string, verdict?: Verdict): void
  /** Marks what was running as failed. */
  fail(detail: string, verdict?: Verdict): UploadStep[]
}

function createSteps(onSteps: UploadInput['onSteps']): Steps {
  const steps = new Map<UploadStepName, UploadStep>(
    UPLOAD_STEPS.map((name) => [name, { name, state: 'pending', detail: '' }]),
  )
  const list = (): UploadStep[] => [...steps.values()]
  return {
    list,
    set(name, state, detail, verdict) {
      steps.set(name, { name, state, detail, verdict })
      onSteps?.(list())
    },
    fail(detail, verdict) {
      // Receiving and reading go on together; what can't be read is the reading's fault.
      const running = list().filter(({ state }) => state === 'running')
      for (const { name } of running.slice(0, -1)) steps.set(name, { name, state: 'skipped', detail: '' })
      const last = running.at(-1)
      if (last !== undefined) steps.set(last.name, { name: last.name, state: 'failed', detail, verdict })
      onSteps?.(list())
      return list()
    },
  }
}

async function* counted(body: AsyncIterable<Uint8Array>, steps: Steps): AsyncGenerator<Uint8Array> {
  let size = 0
  let toldAt = 0
  for await (const chunk of body) {
    size += chunk.length
    const now = performance.now()
    if (now - toldAt > TELL_EVERY_MS) {
      toldAt = now
      steps.set('receive', 'running', `${size} bytes`, received(size))
    }
    yield chunk
  }
  steps.set('receive', 'done', `${size} bytes`, received(size))
}

function received(size: number): Verdict {
  return { code: 'received', params: { size: String(size) } }
}

function problemCode({ code }: PackageError): ProblemCode {
  if (code === 'version-conflict') return 'conflict'
  if (code === 'timeout') return 'timeout'
  return code === 'too-large' || code === 'unpacked-too-large' || code === 'file-too-large'
    ? 'too-large'
    : 'invalid'
}

function refusalOf({ code, entry, field }: PackageError): Verdict {
  return { code, params: { entry: [entry, field].filter((part) => part !== undefined).join(': ') } }
}

/** The error with the steps so far; what isn't about the package or the cluster passes as it is. */
function withSteps(error: unknown, steps: Steps): unknown {
  if (error instanceof PackageError)
    return new UploadError(problemCode(error), error.message, steps.fail(error.message, refusalOf(error)), {
      cause: error,
      errors: [{ path: error.entry ?? 'package', code: error.code, detail: error.message }],
    })
  if (error instanceof RegistryError)
    return new UploadError('unavailable', error.message, steps.fail(error.message), { cause: error })
  const known = serviceErrorOf(error)
  if (known instanceof ServiceError)
    return new UploadError(known.code, known.message, steps.fail(known.message), {
      cause: known,
      errors: known.errors,
      retryAfterMs: known.retryAfterMs,
    })
  steps.fail('The upload was cut off', { code: 'cut-off', params: {} })
  return error
}

function foundText({ plugin, version, artifacts, scripts }: PackageContents): string {
  const count = (things: readonly unknown[], word: string) =>
    `${things.length} ${word}${things.length === 1 ? '' : 's'}`
  const parts = [`${plugin} ${version}`, count(artifacts, 'artifact')]
  if (scripts.length > 0) parts.push(`${count(scripts, 'script')}, never run`)
  return parts.join(', ')
}

function found({ plugin, version, artifacts, scripts }: PackageContents): Verdict {
  const params = { plugin, version, artifacts: String(artifacts.length), scripts: String(scripts.length) }
  return { code: 'found', params }
}

/**
 * Reads a package while it arrives and publishes it with the caller's credentials. Publishing the same again changes
 * nothing and says so.
 * @throws UploadError with the steps: what is wrong with the package, or what the cluster said; what `body` throws
 */
export async function publishUpload(ctx: ServiceContext, input: UploadInput): Promise<UploadResult> {
  const steps = createSteps(input.onSteps)
  try {
    steps.set('receive', 'running', '')
    steps.set('read', 'running', '')
    return await withPackageFolder(UPLOADS_FOLDER, (dir) => readAndPublish(ctx, input, steps, dir))
  } catch (error) {
    throw withSteps(error, steps)
  }
}

/** @param dir the upload's own folder: its blobs wait there until they are pushed */
async function readAndPublish(
  ctx: ServiceContext,
  input: UploadInput,
  steps: Steps,
  dir: string,
): Promise<UploadResult> {
  const { about, packages } = ctx.platform
  const contents = await readPackage(counted(input.body, steps), {
    limits: { ...packages.limits, compressedBytes: about.maxPackageBytes },
    signal: ctx.signal,
    blobs: await openBlobFolder(dir),
  })
  steps.set('receive', 'done', `${contents.size} bytes`, received(contents.size))
  steps.set('read', 'done', foundText(contents), found(contents))
  // Nothing came beside the package: where signatures are required it goes no further.
  judge(UNVERIFIED, packages.policy)
  const client = globalClient(ctx)
  const target = await findRegistry(client, { ...packages.registry, signal: ctx.signal })
  const push = target === null ? undefined : { target, blobsDir: dir, parallel: packages.parallel }
  const result = await ctx.platform.exclusive(`package/${contents.plugin}`, () =>
    publishPackage(
      {
        client,
        push,
        contents,
        fileName: input.fileName,
        uploadedBy: ctx.caller.name,
        signal: ctx.signal,
      },
      ({ name, state, detail, verdict }) => steps.set(name, state, detail, verdict),
    ),
  )
  const { plugin, version, changed, warnings } = result
  ctx.log.info('package published', { operationId: ctx.operationId, plugin, version, changed })
  return {
    plugin,
    version,
    changed,
    warnings,
    sha256: contents.sha256,
    size: contents.size,
    steps: steps.list(),
  }
}
