import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { UploadStep } from '#lib/contract/package.ts'
import { openBlobFolder } from '#lib/packages/blob-sink.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { readPackage } from '#lib/packages/read-package.ts'
import { judge, type Verdict } from '#lib/packages/verify/verdict.ts'
import { createVerifier, type PackageVerifier } from '#lib/packages/verify/verify-package.ts'
import { isSystemError } from './disk-error.ts'
import { errorLine } from './error-line.ts'
import type { ServiceContext } from '../context.ts'
import { CHECKSUM_FILE, SIGNATURE_FILE } from './create-upload.ts'
import { registryFor } from './registry-for.ts'
import { begin, failSteps, isTold, setStep } from './upload-steps.ts'
import type { LiveUpload } from './upload-store.ts'

const CHUNK_BYTES = 512 * 1024

/**
 * Has a package that arrived whole checked and read, in the background. It ends as inspected, or refused with the step
 * that says why; or, where the console itself could not, as before with that step, to be read again.
 */
export async function readUpload(ctx: ServiceContext, upload: LiveUpload): Promise<void> {
  const { size } = upload.record
  const detail = `${size} bytes`
  setStep(upload, 'receive', {
    state: 'done',
    detail,
    verdict: { code: 'received', params: { size: String(size) } },
  })
  for (const name of ['verify', 'read'] as const) setStep(upload, name, { state: 'pending', detail: '' })
  begin(ctx.uploads, upload, 'read', (signal) => inspect({ ...ctx, signal }, upload))
  await ctx.uploads.change(upload, { state: 'reading' })
}

async function inspect(ctx: ServiceContext, upload: LiveUpload): Promise<void> {
  const { uploads, signal } = ctx
  try {
    signal.throwIfAborted()
    for (const name of ['verify', 'read'] as const) setStep(upload, name, { state: 'running', detail: '' })
    await uploads.change(upload, {})
    // A read that was killed may have left some.
    await dropBlobs(ctx, upload)
    const verifier = await verifierOf(ctx, upload)
    const hasBlobs = await hasRegistry(ctx)
    const contents = await read(ctx, upload, verifier, hasBlobs)
    setStep(upload, 'read', found(contents))
    const verdict = (await verifier?.verdict()) ?? null
    // A package that is refused for its signature says so with what was found.
    Object.assign(upload.record, {
      verification: verdict,
      plugin: contents.plugin,
      version: contents.version,
    })
    // What it makes of them is said at the step and stands in `verification`.
    if (verdict !== null) judge(verdict, uploads.settings.policy)
    setStep(upload, 'verify', verified(verdict))
    await uploads.keepContents(upload, contents)
    upload.progress = null
    await uploads.change(upload, {
      state: 'inspected',
      hasBlobs,
      warnings: contents.warnings,
    })
    await uploads.dropPackage(upload)
  } catch (error) {
    // Cancelled, or the process ends: whoever does that says what becomes of it.
    if (signal.aborted) return
    if (!isTold(error))
      ctx.log.warn('a package could not be read', { upload: upload.record.id, error: errorLine(error) })
    failSteps(upload, error)
    if (!isSystemError(error)) return uploads.end(upload, { state: 'refused' })
    await dropBlobs(ctx, upload)
    upload.progress = null
    await uploads.change(upload, { state: 'uploading' })
  }
}

function dropBlobs({ uploads }: ServiceContext, upload: LiveUpload): Promise<void> {
  return rm(uploads.path(upload, 'blobs'), { recursive: true, force: true })
}

async function verifierOf(
  { uploads }: ServiceContext,
  upload: LiveUpload,
): Promise<PackageVerifier | undefined> {
  const { policy, keyring } = uploads.settings
  if (policy === 'off') return undefined
  const [checksum, signature] = await Promise.all([
    uploads.sidecar(upload, CHECKSUM_FILE),
    uploads.sidecar(upload, SIGNATURE_FILE),
  ])
  return createVerifier(upload.record.fileName, { checksum, signature }, keyring)
}

/** Blobs are kept where they may be pushed; not being able to tell counts as that. */
async function hasRegistry(ctx: ServiceContext): Promise<boolean> {
  return registryFor(ctx).then(
    (target) => target !== null,
    () => true,
  )
}

async function read(
  { uploads, platform, signal }: ServiceContext,
  upload: LiveUpload,
  verifier: PackageVerifier | undefined,
  hasBlobs: boolean,
): Promise<PackageContents> {
  const file = counted(
    createReadStream(uploads.path(upload), { highWaterMark: CHUNK_BYTES }),
    (doneBytes) => {
      uploads.progress(upload, { artifact: '', doneBytes, totalBytes: upload.record.size })
    },
  )
  const compressedBytes = Math.min(
    platform.about.maxPackageBytes,
    uploads.settings.limits.compressedBytes ?? Number.MAX_SAFE_INTEGER,
  )
  return readPackage(verifier === undefined ? file : verifier.through(file), {
    limits: { ...uploads.settings.limits, compressedBytes },
    signal,
    ...(hasBlobs && { blobs: await openBlobFolder(uploads.folder(upload)) }),
  })
}

async function* counted(
  source: AsyncIterable<Uint8Array>,
  onBytes: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0
  for await (const chunk of source) {
    done += chunk.length
    onBytes(done)
    yield chunk
  }
}

type Said = Omit<UploadStep, 'name'>

function found({ plugin, version, artifacts, scripts }: PackageContents): Said {
  const count = (things: readonly unknown[], word: string) =>
    `${things.length} ${word}${things.length === 1 ? '' : 's'}`
  const parts = [`${plugin} ${version}`, count(artifacts, 'artifact')]
  if (scripts.length > 0) parts.push(`${count(scripts, 'script')}, never run`)
  const params = { plugin, version, artifacts: String(artifacts.length), scripts: String(scripts.length) }
  return { state: 'done', detail: parts.join(', '), verdict: { code: 'found', params } }
}

function verified(verdict: Verdict | null): Said {
  if (verdict === null)
    return {
      state: 'skipped',
      detail: 'Checksums and signatures are not looked at',
      verdict: { code: 'not-checked', params: {} },
    }
  if (verdict.checksum === 'none' && verdict.signature === 'none')
    return { state: 'skipped', detail: 'Neither checksum nor signature', verdict: said(verdict) }
  const { checksum, signature } = verdict
  return { state: 'done', detail: `checksum ${checksum}, signature ${signature}`, verdict: said(verdict) }
}

function said({ checksum, signature, signer = '' }: Verdict): NonNullable<UploadStep['verdict']> {
  return { code: 'verified', params: { checksum, signature, signer } }
}
