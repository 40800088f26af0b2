import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  KubeError,
  ConflictError,
  ForbiddenError,
  UnauthorizedError,
  UnavailableError,
} from '#lib/kube/kube-error.ts'
import { PackageError } from '#lib/packages/package-error.ts'
import { RegistryError } from '#lib/packages/registry/registry-error.ts'
import { adviceFor } from './advice.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import type { DocumentField } from './command.ts'
import { UsageError } from './usage-error.ts'

/** Why a command failed, as it is told. */
export interface Failure {
  exitCode: ExitCode
  /** A stable word for programs. */
  code: string
  /** A sentence for people: what failed, and why. */
  message: string
  /** What to do about it; null where the message says it all. */
  advice: string | null
}

/** What `--output json` writes of a command that fails before it has a result. */
export const ERROR_DOCUMENT: readonly DocumentField[] = [
  ['error.code', 'A word that stays the same, such as `digest-mismatch`'],
  ['error.message', 'What failed, and why'],
  ['error.advice', 'What to do about it; null where the message says it all'],
]

/** How a package's error ends the process, where not as one that is not sound. */
const PACKAGE_EXITS: Readonly<Record<string, ExitCode | undefined>> = {
  'version-conflict': EXIT.conflict,
  'tag-conflict': EXIT.conflict,
  'verification-failed': EXIT.verification,
  'not-verified': EXIT.verification,
}

/** What to tell of anything that was thrown. */
export function failureOf(error: unknown): Failure {
  const failure = (exitCode: ExitCode, code: string): Failure => ({
    exitCode,
    code,
    message: messageOf(error),
    advice: adviceFor(error),
  })
  if (error instanceof UsageError) return failure(EXIT.usage, 'usage')
  if (error instanceof PackageError) return failure(PACKAGE_EXITS[error.code] ?? EXIT.package, error.code)
  if (error instanceof RegistryError) return failure(exitOf(error), error.code)
  // By their names: their modules bring libraries along that most commands don't need.
  if (error instanceof Error && ['PackageSettingsError', 'ProxyVariableError'].includes(error.name))
    return failure(EXIT.usage, 'settings')
  if (error instanceof Error && error.name === 'KubeconfigError')
    return failure(EXIT.unreachable, 'kubeconfig')
  if (error instanceof UnauthorizedError || error instanceof ForbiddenError)
    return failure(EXIT.refused, error.reason)
  if (error instanceof ConflictError) return failure(EXIT.conflict, error.reason)
  if (error instanceof UnavailableError) return failure(EXIT.unreachable, error.reason)
  if (error instanceof KubeError) return failure(EXIT.failed, error.reason)
  if (error instanceof Error && error.name === 'AbortError')
    return { exitCode: EXIT.interrupted, code: 'interrupted', message: 'Interrupted', advice: null }
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return failure(EXIT.failed, typeof code === 'string' ? code : 'failed')
}

function exitOf({ code, isTransient }: RegistryError): ExitCode {
  if (code === 'unauthorized' || code === 'forbidden' || code === 'credentials-unreadable')
    return EXIT.refused
  if (code === 'address-invalid') return EXIT.usage
  return isTransient || code === 'certificate' || code === 'invalid-answer' ? EXIT.unreachable : EXIT.failed
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Something failed without saying why'
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' && path !== undefined) {
    const folder = dirname(path)
    return `${existsSync(folder) ? path : folder} does not exist`
  }
  if (code === 'EACCES' && path !== undefined) return `${path} may not be read or written`
  if (code === 'EISDIR') return `${path ?? 'The path'} is a folder`
  const { syscall } = error as NodeJS.ErrnoException
  if ((code === 'ENOSPC' || code === 'EDQUOT') && syscall !== undefined)
    return `No space is left${path === undefined ? '' : ` for ${path}`}`
  return error.message
}

/** The error with its causes, a line each, for `--debug`. */
export function traceOf(error: unknown): string {
  const lines: string[] = []
  for (let cause = error; cause instanceof Error && lines.length < 10; cause = cause.cause)
    lines.push(cause.stack ?? cause.message)
  return lines.join('\ncaused by ')
}
