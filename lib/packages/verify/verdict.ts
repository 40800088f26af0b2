import { PackageError } from '../package-error.ts'

/** What checksum file and signature beside a package say about it. */
export interface Verdict {
  checksum: 'ok' | 'failed' | 'none'
  /** `unknown-key`: signed by a key that the keyring does not hold. */
  signature: 'ok' | 'failed' | 'unknown-key' | 'none'
  /** Whose signature it is: the key's user and fingerprint. */
  signer?: string
}

export const UNVERIFIED: Verdict = { checksum: 'none', signature: 'none' }

/** `off`: nobody looks. `warn`: it is said. `require`: only what a known key signed is published. */
export const VERIFICATION_POLICIES = ['off', 'warn', 'require'] as const

export type VerificationPolicy = (typeof VERIFICATION_POLICIES)[number]

/**
 * What a policy makes of a verdict.
 * @returns English sentences to warn with
 * @throws PackageError `verification-failed`, `not-verified` when the policy refuses
 */
export function judge({ checksum, signature, signer }: Verdict, policy: VerificationPolicy): string[] {
  if (policy === 'off') return []
  const problems = [
    ...(checksum === 'failed' ? ['The checksum beside the package is not that of the package'] : []),
    ...(signature === 'failed' ? [`The signature beside the package is not good${by(signer)}`] : []),
  ]
  if (policy === 'require' && problems[0] !== undefined)
    throw new PackageError('verification-failed', problems.join('. '))
  if (policy === 'require' && signature !== 'ok')
    throw new PackageError(
      'not-verified',
      signature === 'none'
        ? 'The package has no signature; one by a known key is required here'
        : `The package is signed by a key that is not known here${by(signer)}`,
    )
  if (signature === 'unknown-key')
    problems.push(`The package is signed by a key that is not known here${by(signer)}`)
  return problems
}

function by(signer: string | undefined): string {
  return signer === undefined ? '' : ` (${signer})`
}

/** A verdict as it is kept in an annotation. */
export function verdictText(verdict: Verdict): string {
  return JSON.stringify(verdict)
}

/** Reads what `verdictText` wrote; undefined for anything else. */
export function parseVerdict(text: string | undefined): Verdict | undefined {
  if (text === undefined || text.length > 2000) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { checksum, signature, signer } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Record<string, unknown>
  const isKnown =
    ['ok', 'failed', 'none'].includes(String(checksum)) &&
    ['ok', 'failed', 'unknown-key', 'none'].includes(String(signature))
  if (!isKnown) return undefined
  return {
    checksum: checksum as Verdict['checksum'],
    signature: signature as Verdict['signature'],
    ...(typeof signer === 'string' && { signer }),
  }
}
