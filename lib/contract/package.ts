import type { PackageErrorCode } from '#lib/domain/package-error-code.ts'
import type { RegistryErrorCode } from '#lib/domain/registry-error-code.ts'
import type { Reason } from '#lib/domain/reason.ts'
import type { LocalText } from '#lib/kinds/local-text.ts'
import type { Resting } from './freshness.ts'
import type { Page } from './page.ts'
import type { VerificationPolicy, VerificationView } from './verification.ts'

export interface PackageVersionView {
  version: string
  /** The ArtifactVersion's phase, `Present` when all is there; empty when the platform recorded none. */
  phase: string
  reason: string
  message: string
  readyForDeploy: boolean
  uploadedAt: string | null
  uploadedBy: string | null
  /** File name of the package it came from. */
  source: string | null
  /** Bytes of that file. */
  size: number | null
  sha256: string | null
  /** What checksum and signature said when it was uploaded; null: nobody looked. */
  verification: VerificationView | null
  /** It can be installed, or soon: its ModuleConfig is there. */
  isPublished: boolean
  installedOn: string[]
}

/** One plugin on the Upload Packages page. */
export interface PackageView {
  plugin: string
  displayName: LocalText
  logo: string | null
  builtIn: boolean
  /** No package of it has been uploaded. */
  absent: boolean
  versions: PackageVersionView[]
  problems: Reason[]
}

export const PACKAGE_FILTERS = ['all', 'uploaded', 'absent'] as const

export type PackageFilter = (typeof PACKAGE_FILTERS)[number]

/** Query of `GET /api/packages`; the same names stand in the page's URL. */
export interface PackageQuery {
  q?: string
  show?: PackageFilter
  /** From 1. */
  page?: number
}

/** `GET /api/packages`, by name. */
export interface PackagePage extends Page<PackageView>, Resting {
  /** The registry artifacts are pushed to; null: none is configured, artifacts are not pushed. */
  registry: string | null
  /** What is made of checksums and signatures here. */
  verification: VerificationPolicy
  /** Bytes; a larger upload is refused. */
  maxPackageBytes: number
}

export const UPLOAD_STEPS = ['receive', 'verify', 'read', 'push', 'publish'] as const

export type UploadStepName = (typeof UPLOAD_STEPS)[number]

/** What a step may say when nothing is wrong with the package. */
export const UPLOAD_VERDICTS = [
  // {size} bytes; {checksum, signature, signer}; nothing; {plugin, version, artifacts, scripts}; {artifacts}; {artifacts, registry}; {objects}; {plugin, version}; {detail}: the registry's own words
  'received',
  'verified',
  'not-checked',
  'found',
  'no-artifacts',
  'not-pushed',
  'asking-registry',
  'pushing',
  'push-waits',
  'pushed',
  'checking',
  'writing',
  'published',
  'unchanged',
  'cut-off',
  'no-space',
] as const

/**
 * What a step may say, or why it refused: {entry}, the place inside; {detail}, what was said of the registry. The browser
 * has a sentence for each.
 */
export type UploadVerdict =
  | (typeof UPLOAD_VERDICTS)[number]
  | PackageErrorCode
  | `registry-${RegistryErrorCode}`

export interface UploadStep {
  name: UploadStepName
  state: 'pending' | 'running' | 'done' | 'failed' | 'skipped'
  /** What was found or done, or why not, in English. */
  detail: string
  /** The same as a code with the values of its sentence; absent where only the cluster's own words tell. */
  verdict?: { code: UploadVerdict; params: Record<string, string> }
}
