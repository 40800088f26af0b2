import { PACKAGE_WARNING_CODES, type PackageWarning } from '#lib/domain/package-warning.ts'
import { UPLOAD_STATES, type UploadState } from '#lib/contract/upload.ts'
import { UPLOAD_STEPS, type UploadStep } from '#lib/contract/package.ts'
import { parseVerdict, type Verdict } from '#lib/packages/verify/verdict.ts'

/** What is kept of an upload, in a small file of its own. */
export interface UploadRecord {
  id: string
  /** The caller who made it. */
  by: string
  fileName: string
  /** Bytes. */
  size: number
  lastModified: number | null
  createdAt: string
  /** When anything happened last. */
  changedAt: string
  endedAt: string | null
  state: UploadState
  steps: UploadStep[]
  plugin: string | null
  version: string | null
  verification: Verdict | null
  changed: boolean | null
  warnings: PackageWarning[]
  /** Its blobs are kept, to be pushed. */
  hasBlobs: boolean
}

export const UPLOAD_ID = /^[0-9a-f]{32}$/

/** An upload of which nothing has arrived. @param now when it is made */
export function newUploadRecord(
  what: Pick<UploadRecord, 'id' | 'by' | 'fileName' | 'size' | 'lastModified'>,
  now: Date,
): UploadRecord {
  const createdAt = now.toISOString()
  return {
    ...what,
    createdAt,
    changedAt: createdAt,
    endedAt: null,
    state: 'uploading',
    steps: newSteps(),
    plugin: null,
    version: null,
    verification: null,
    changed: null,
    warnings: [],
    hasBlobs: false,
  }
}

/** All steps, none begun. */
export function newSteps(): UploadStep[] {
  return UPLOAD_STEPS.map((name) => ({ name, state: 'pending', detail: '' }))
}

/** Reads what was written of an upload; undefined for what is none: a file of another version, cut off, or a stranger's. */
export function parseUploadRecord(text: string): UploadRecord | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const record = (typeof value === 'object' && value !== null ? value : {}) as Partial<UploadRecord>
  const { id, by, fileName, size, createdAt, changedAt, state, steps } = record
  const isSound =
    UPLOAD_ID.test(String(id)) &&
    [by, fileName, createdAt, changedAt].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(size) &&
    UPLOAD_STATES.some((known) => known === state) &&
    Array.isArray(steps)
  if (!isSound) return undefined
  const known = record as UploadRecord
  return {
    ...known,
    lastModified: known.lastModified ?? null,
    endedAt: known.endedAt ?? null,
    steps: known.steps.filter(({ name }) => UPLOAD_STEPS.includes(name)),
    plugin: known.plugin ?? null,
    version: known.version ?? null,
    verification: parseVerdict(JSON.stringify(known.verification ?? null)) ?? null,
    changed: known.changed ?? null,
    warnings: (Array.isArray(known.warnings) ? known.warnings : []).filter(isWarning),
    hasBlobs: record.hasBlobs ?? false,
  }
}

function isWarning(value: unknown): value is PackageWarning {
  const { code, params } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Partial<PackageWarning>
  return PACKAGE_WARNING_CODES.some((known) => known === code) && typeof params === 'object'
}
