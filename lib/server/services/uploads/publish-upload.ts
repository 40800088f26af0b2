import type { UploadStep } from '#lib/contract/package.ts'
import type { PublishRequest, UploadView } from '#lib/contract/upload.ts'
import { publishPackage } from '#lib/packages/publish-package.ts'
import type { PushProgress } from '#lib/packages/registry/push-artifacts.ts'
import type { RegistryError } from '#lib/packages/registry/registry-error.ts'
import { addressOf, type RegistryTarget } from '#lib/packages/registry/registry-target.ts'
import { DEFAULT_RETRY } from '#lib/packages/registry/retry.ts'
import type { ServiceContext } from '../context.ts'
import { globalClient } from '../live-installation.ts'
import { UnavailableError } from '../service-error.ts'
import { errorLine } from './error-line.ts'
import { checkRegistry, registryFor } from './registry-for.ts'
import { ownUpload } from './require-upload.ts'
import { begin, failSteps, isTold, setStep } from './upload-steps.ts'
import { uploadView, type LiveUpload } from './upload-store.ts'

/** A registry that restarts is waited for; somebody watches, and can publish again. */
const PUSH_RETRY = { ...DEFAULT_RETRY, attempts: 6 }

/**
 * Publishes an inspected package with the caller's credentials, in the background: its steps tell how far that is. What
 * stands against it is told at a step too, and it can be published again.
 * @throws NotFoundError, ForbiddenError, ConflictError
 */
export async function publishUpload(
  ctx: ServiceContext,
  { upload: id, replace = false }: { upload: string } & PublishRequest,
): Promise<UploadView> {
  const upload = ownUpload(ctx, id, ['inspected'])
  upload.record.state = 'publishing'
  for (const name of ['push', 'publish'] as const) setStep(upload, name, { state: 'pending', detail: '' })
  begin(ctx.uploads, upload, 'publish', (signal) => publish({ ...ctx, signal }, upload, replace))
  await ctx.uploads.change(upload, {})
  return uploadView(upload, ctx.caller.name)
}

async function publish(ctx: ServiceContext, upload: LiveUpload, replace: boolean): Promise<void> {
  const { uploads, signal, caller } = ctx
  try {
    signal.throwIfAborted()
    setStep(upload, 'publish', { state: 'running', detail: '' })
    uploads.progress(upload, null)
    const contents = await uploads.contents(upload)
    if (contents === undefined)
      throw new UnavailableError('What was read of the package is gone; upload it again')
    const client = globalClient(ctx)
    const { fileName, verification, hasBlobs } = upload.record
    const target = await registryFor(ctx)
    if (target !== null && contents.artifacts.length > 0 && !hasBlobs)
      throw new UnavailableError('A registry was configured since the package was read; upload it again')
    if (target !== null && contents.artifacts.length > 0) {
      setStep(upload, 'publish', { state: 'pending', detail: '' })
      setStep(upload, 'push', asking(target))
      await uploads.change(upload, {})
      await checkRegistry(target, signal)
    }
    const push = target === null ? undefined : pushInput(ctx, upload, target)
    const result = await ctx.platform.exclusive(`package/${contents.plugin}`, () =>
      publishPackage(
        {
          client,
          contents,
          fileName,
          uploadedBy: caller.name,
          signal,
          replace,
          push,
          ...(verification !== null && { verification }),
        },
        ({ name, state, detail, verdict }) => {
          if (name === 'push' && state === 'running')
            setStep(upload, 'publish', { state: 'pending', detail: '' })
          setStep(upload, name, { state, detail, verdict })
          uploads.progress(upload, upload.progress)
        },
      ),
    )
    const { plugin, version, changed, warnings } = result
    ctx.log.info('package published', { operationId: ctx.operationId, plugin, version, changed })
    await uploads.end(upload, {
      state: 'published',
      changed,
      warnings,
    })
  } catch (error) {
    if (signal.aborted) return
    if (!isTold(error))
      ctx.log.warn('a package could not be published', { upload: upload.record.id, error: errorLine(error) })
    failSteps(upload, error)
    await uploads.change(upload, { state: 'inspected' })
  }
}

function asking(target: RegistryTarget): Omit<UploadStep, 'name'> {
  const registry = addressOf(target)
  const detail = `Asking ${registry}`
  return { state: 'running', detail, verdict: { code: 'asking-registry', params: { registry } } }
}

function pushInput({ uploads }: ServiceContext, upload: LiveUpload, target: RegistryTarget) {
  const now = () => upload.record.steps.find(({ name }) => name === 'push')
  let before: UploadStep | undefined
  const onRetry = ({ code, message }: RegistryError) => {
    const step = now()
    if (step?.state !== 'running') return
    before ??= step
    const params = { code: `registry-${code}`, detail: message }
    const detail = `${message}; trying again`
    setStep(upload, 'push', { state: 'running', detail, verdict: { code: 'push-waits', params } })
    uploads.tell(upload)
  }
  return {
    target,
    blobsDir: uploads.folder(upload),
    parallel: uploads.settings.parallel,
    client: { retry: { ...PUSH_RETRY, onRetry } },
    onProgress: ({ artifact, totalSentBytes, totalSkippedBytes, totalBytes }: PushProgress) => {
      if (before !== undefined && now()?.verdict?.code === 'push-waits') setStep(upload, 'push', before)
      before = undefined
      uploads.progress(upload, { artifact, doneBytes: totalSentBytes + totalSkippedBytes, totalBytes })
    },
  }
}
