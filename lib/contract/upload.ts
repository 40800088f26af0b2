import type { PackageWarning } from '#lib/domain/package-warning.ts'
import type { LocalText } from '#lib/kinds/local-text.ts'
import type { PackageArtifactView, RelatedImageView } from './package-artifact.ts'
import type { UploadStep } from './package.ts'
import type { VersionForm } from './plugin.ts'
import type { VerificationView } from './verification.ts'
import type { Reason } from '#lib/domain/reason.ts'
import type { RegistryErrorCode } from '#lib/domain/registry-error-code.ts'

/** `inspected`: read and waiting for somebody to publish it. The last three are the end of an upload. */
export const UPLOAD_STATES = [
  'uploading',
  'reading',
  'inspected',
  'publishing',
  'published',
  'refused',
  'cancelled',
] as const

export type UploadState = (typeof UPLOAD_STATES)[number]

const ENDS: readonly UploadState[] = ['published', 'refused', 'cancelled']

/** Whether an upload is over: only its record is left. */
export function isEnded(state: UploadState): boolean {
  return ENDS.includes(state)
}

/** Body of `POST /api/uploads`. */
export interface UploadRequest {
  /** A plain file name. */
  fileName: string
  /** Bytes. */
  size: number
  /** As the file system has it, milliseconds since 1970: tells which file goes on after a reload of the page. */
  lastModified?: number
  /** What the file `<name>.sha256` says. */
  checksum?: string
  /** What the file `<name>.sig` holds, in Base64. */
  signature?: string
}

/** Body of `POST /api/uploads/{upload}/publish`. */
export interface PublishRequest {
  /** What stands with other content is replaced. */
  replace?: boolean
}

/** How far what is under way has come. */
export interface UploadProgress {
  /** `repository:tag` of the artifact that is being pushed; empty for anything else. */
  artifact: string
  doneBytes: number
  totalBytes: number
}

/** An upload, under way or over. */
export interface UploadView {
  id: string
  fileName: string
  /** Bytes. */
  size: number
  lastModified: number | null
  /** Bytes that the console has: where the next part begins. */
  received: number
  state: UploadState
  /** Who made it. */
  by: string
  /** The reader's own: to be continued and published. */
  isMine: boolean
  createdAt: string
  /** When it ended; null before. */
  endedAt: string | null
  steps: UploadStep[]
  progress: UploadProgress | null
  /** Null until it was read. */
  plugin: string | null
  version: string | null
  /** Null: nobody looked, or not yet. */
  verification: VerificationView | null
  /** For `published`: false when exactly this stood before. */
  changed: boolean | null
  warnings: PackageWarning[]
}

/** `GET /api/uploads`, newest first. */
export interface UploadPage {
  items: UploadView[]
}

/** What a package holds. */
export interface PackageContentsView {
  displayName: LocalText
  description: LocalText
  /** Path of a safe rendition; null when there is none. */
  logo: string | null
  /** The package's own first, then those it brings along. */
  versions: string[]
  artifacts: PackageArtifactView[]
  images: RelatedImageView[]
  /** Never run. */
  scripts: string[]
  /** `Kind name` of objects that are not applied. */
  others: string[]
  unpackedSize: number
  entries: number
  sha256: string
  form: VersionForm
}

/** `GET /api/uploads/{upload}`. */
export interface UploadDetail extends UploadView {
  /** Null before it was read and once it is over. */
  contents: PackageContentsView | null
}

export interface PlannedObject {
  kind: string
  name: string
  change: 'created' | 'updated' | 'unchanged' | 'conflict'
  differences: string[]
}

export interface PlannedArtifactView {
  repository: string
  tag: string
  /** `absent`: neither the package nor the registry has it. */
  change: 'pushed' | 'unchanged' | 'conflict' | 'absent'
}

export const PLAN_KINDS = ['new-plugin', 'new-version', 'same', 'conflict', 'impossible'] as const

/** `impossible`: artifacts are missing, and nothing can replace them. */
export type PlanKind = (typeof PLAN_KINDS)[number]

/** `GET /api/uploads/{upload}/plan`: what publishing would do now; null when nothing waits to be published. */
export interface UploadPlan {
  kind: PlanKind
  objects: PlannedObject[]
  /** Null: no registry, nothing is pushed. */
  artifacts: PlannedArtifactView[] | null
  /** Where artifacts go: `host[:port][/prefix]`; null: nowhere. */
  registry: string | null
  /** Why the registry could not be asked, the detail in English; null when it could. */
  registryProblem: { code: RegistryErrorCode; detail: string } | null
  /** Clusters it would fit with no reason listed; else why not. */
  fits: { cluster: string; reasons: Reason[] }[]
}
