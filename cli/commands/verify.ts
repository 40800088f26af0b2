import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { cleanLine } from '#lib/domain/clean-text.ts'
import { PackageError } from '#lib/packages/package-error.ts'
import { judge, type Verdict } from '#lib/packages/verify/verdict.ts'
import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { failureOf } from '../failure.ts'
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

interface Checked extends Verdict {
  file: string
  group: Group
  why: string
}

export const VERIFY = defineCommand({
  name: 'verify',
  summary: 'Check packages against the checksums and signatures beside them',
  description: [
    'Looks for FILE.sha256 (what sha256sum or shasum write) and FILE.sig (a detached OpenPGP signature, gpg --detach-sign) beside each package, and lists apart: whose GPG signature is good, whose checksum is good, which failed, and beside which nothing was found.',
    'Signatures count by the keys of --keyring. It ends with 4 when anything failed, a package that can not be read among it; with --verification require, also when a package is not signed by a known key.',
  ],
  operands: [{ name: 'PATH', summary: 'A package file, or a folder of them', completes: 'file' }],
  options: VERIFICATION_OPTIONS,
  document: [
    ['policy', 'off, warn or require'],
    ['packages[].file', 'Its path'],
    ['packages[].group', 'gpg, checksum, unknown-key, failed, none'],
    ['packages[].checksum', 'ok, failed, none'],
    ['packages[].signature', 'ok, failed, unknown-key, none'],
    ['packages[].signer', 'Whose signature it is; absent where nobody knows'],
    ['packages[].why', 'Why it is refused under this policy; empty where it is not'],
  ],
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
    const results: Checked[] = []
    const check = async (file: string): Promise<Verdict> => {
      const name = basename(file)
      const progress = startProgress(terminal, `Checking ${name}`)
      try {
        const source = counted(createReadStream(file, { signal }), (await stat(file)).size, progress)
        return await verifyPackage(source, name, await readSidecars(file), keyring)
      } finally {
        progress.end()
      }
    }
    const files = await packageFiles(path)
    for (const file of files)
      try {
        const verdict = await check(file)
        const group = groupOf(verdict)
        const isRefused = policy === 'require' || group === 'failed'
        results.push({ file, group, why: isRefused ? problemOf(verdict) : '', ...verdict })
      } catch (error) {
        if (signal.aborted || files.length === 1) throw error
        // One that can't be read does not hide how the others stand.
        const why = failureOf(error).message
        results.push({ file, group: 'failed', why, checksum: 'none', signature: 'none' })
      }
    const sections = (Object.keys(GROUPS) as Group[]).flatMap((group) => {
      const inside = results.filter((result) => result.group === group)
      return inside.length === 0 ? [] : [`${GROUPS[group]} (${inside.length}):`, ...inside.map(lineOf), '']
    })
    terminal.result({ policy, packages: results }, sections.join('\n').trimEnd())
    return results.some(({ why }) => why !== '') ? EXIT.verification : EXIT.done
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

function lineOf({ file, signer, why }: Checked): string {
  if (why !== '') return `  ${file}: ${why}`
  return `  ${file}${signer === undefined ? '' : `, ${cleanLine(signer, 200)}`}`
}
