import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { cleanLine } from '#lib/domain/clean-text.ts'
import { PackageError } from '#lib/packages/package-error.ts'
import { judge, type Verdict } from '#lib/packages/verify/verdict.ts'
import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { packageFiles } from '../open-package.ts'
import { counted, startProgress } from '../progress.ts'
import { VERIFICATION_OPTIONS } from '../verification-options.ts'

/** How a package stands; the lists that are told apart, in their order. */
const GROUPS = {
  gpg: 'GPG signature good',
  checksum: 'Checksum good',
  'unknown-key': 'Signed by a key that is not known',
  failed: 'Failed',
  none: 'None found',
} as const

type Group = keyof typeof GROUPS

export const VERIFY = defineCommand({
  name: 'verify',
  summary: 'Check packages against the checksums and signatures beside them',
  description: [
    'Looks for FILE.sha256 (what sha256sum or shasum write) and FILE.sig (a detached OpenPGP signature, gpg --detach-sign) beside each package, and lists apart: whose GPG signature is good, whose checksum is good, which failed, and beside which nothing was found.',
    'Signatures count by the keys of --keyring. It ends with 4 when anything failed; with --verification require, also when a package is not signed by a known key.',
  ],
  operands: [{ name: 'PATH', summary: 'A package file, or a folder of them', completes: 'file' }],
  options: VERIFICATION_OPTIONS,
  examples: [
    { comment: 'A folder of packages', command: 'violet verify packages --keyring release-key.asc' },
    {
      comment: 'Refuse whatever is not signed',
      command: 'violet verify web-cli.tgz --keyring release-key.asc --verification require',
    },
  ],
  async run({ operands, options, environment, terminal, signal }) {
    const [path = ''] = operands
    const { readSidecars, verificationOf } = await import('../verification.ts')
    const { verifyPackage } = await import('#lib/packages/verify/verify-package.ts')
    const { policy, keyring } = await verificationOf(options, environment)
    const results: (Verdict & { file: string; group: Group; why: string })[] = []
    let isRefused = false
    for (const file of await packageFiles(path)) {
      signal.throwIfAborted()
      const name = basename(file)
      const progress = startProgress(terminal, `Checking ${name}`)
      const source = counted(createReadStream(file, { signal }), (await stat(file)).size, progress)
      const verdict = await verifyPackage(source, name, await readSidecars(file), keyring).finally(() =>
        progress.end(),
      )
      const why = problemOf(verdict)
      isRefused ||= why !== '' && (policy === 'require' || groupOf(verdict) === 'failed')
      results.push({ file, group: groupOf(verdict), why, ...verdict })
    }
    const sections = (Object.keys(GROUPS) as Group[]).flatMap((group) => {
      const inside = results.filter((result) => result.group === group)
      return inside.length === 0 ? [] : [`${GROUPS[group]} (${inside.length}):`, ...inside.map(lineOf), '']
    })
    terminal.result({ policy, packages: results }, sections.join('\n').trimEnd())
    return isRefused ? EXIT.verification : EXIT.done
  },
})

function groupOf({ checksum, signature }: Verdict): Group {
  if (checksum === 'failed' || signature === 'failed') return 'failed'
  if (signature === 'ok') return 'gpg'
  if (checksum === 'ok') return 'checksum'
  return signature === 'unknown-key' ? 'unknown-key' : 'none'
}

/** Why it would be refused where only signed packages are taken; empty when it would not. */
function problemOf(verdict: Verdict): string {
  try {
    judge(verdict, 'require')
    return ''
  } catch (error) {
    if (error instanceof PackageError) return error.message
    throw error
  }
}

function lineOf({ file, group, signer, why }: Verdict & { file: string; group: Group; why: string }): string {
  const by = signer === undefined ? '' : `, ${cleanLine(signer, 200)}`
  return `  ${file}${group === 'failed' ? `: ${why}` : by}`
}
