import type { UploadStep, UploadStepName } from '#lib/contract/package.ts'
import type { LiveUpload, UploadStore } from './upload-store.ts'
import { PackageError } from '#lib/packages/package-error.ts'
import { RegistryError } from '#lib/packages/registry/registry-error.ts'
import { serviceErrorOf } from '../kube-call.ts'
import { ServiceError } from '../service-error.ts'
import { isNoSpace } from './disk-error.ts'

/** Sets one step of an upload, without telling it. */
export function setStep(upload: LiveUpload, name: UploadStepName, step: Omit<UploadStep, 'name'>): void {
  upload.record.steps = upload.record.steps.map((one) => (one.name === name ? { name, ...step } : one))
}

/** Marks as failed what was running; what only went along is skipped. */
export function failSteps(upload: LiveUpload, error: unknown): void {
  const { detail, verdict } = saidBy(error)
  const running = upload.record.steps.filter(({ state }) => state === 'running')
  for (const { name } of running.slice(0, -1)) setStep(upload, name, { state: 'skipped', detail: '' })
  const last = running.at(-1)
  if (last !== undefined) setStep(upload, last.name, { state: 'failed', detail, ...(verdict && { verdict }) })
}

/** What an error says to the person uploading; those that nobody expected say nothing of themselves. */
function saidBy(error: unknown): Pick<UploadStep, 'detail' | 'verdict'> {
  if (error instanceof PackageError) {
    const entry = [error.entry, error.field].filter((part) => part !== undefined).join(': ')
    return { detail: error.message, verdict: { code: error.code, params: { entry } } }
  }
  if (error instanceof RegistryError) return registryWords(error)
  const known = serviceErrorOf(error)
  if (known instanceof ServiceError) return { detail: known.message }
  if (isNoSpace(error))
    return { detail: "The console's disk is full", verdict: { code: 'no-space', params: {} } }
  return { detail: 'It was cut off', verdict: { code: 'cut-off', params: {} } }
}

/** What a registry's failure says, in the reader's language too. */
function registryWords({ code, message }: RegistryError): Required<Pick<UploadStep, 'detail' | 'verdict'>> {
  return { detail: message, verdict: { code: `registry-${code}`, params: { detail: message } } }
}

/** Whether an error is about the package or what it is published to, and told at a step. */
export function isTold(error: unknown): boolean {
  return (
    error instanceof PackageError ||
    error instanceof RegistryError ||
    serviceErrorOf(error) instanceof ServiceError
  )
}

/**
 * Does something about an upload in the background, one thing at a time, once its turn comes. No step of it runs before.
 * @param work never rejects: what goes wrong is told at the upload's steps
 */
export function begin(
  store: UploadStore,
  upload: LiveUpload,
  kind: 'read' | 'publish',
  work: (signal: AbortSignal) => Promise<void>,
): void {
  const abort = new AbortController()
  const ended = Promise.withResolvers<void>()
  let hasBegun = false
  upload.work = abort
  upload.idle = ended.promise
  // What still waits for its turn need not be waited for.
  abort.signal.addEventListener('abort', () => {
    if (!hasBegun) ended.resolve()
  })
  const run = store.run[kind](async () => {
    hasBegun = true
    if (!abort.signal.aborted) await work(abort.signal)
  })
  void run.finally(() => {
    if (upload.work === abort) upload.work = null
    upload.progress = null
    ended.resolve()
  })
}
