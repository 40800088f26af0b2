import { warningText } from '#lib/packages/package-warning.ts'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { byteText } from '../byte-text.ts'
import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { openPackage } from '../open-package.ts'
import { packFolder } from '../pack-folder.ts'
import { startProgress } from '../progress.ts'
import { withSpaceIn } from '../space.ts'
import { UsageError } from '../usage-error.ts'
import { packageSummary, PACKAGE_DOCUMENT } from './show.ts'

export const PACKAGE = defineCommand({
  name: 'package',
  summary: 'Pack the folder of a package into a .tgz, with its checksum',
  description: [
    'Packs what `violet create` made (and you may have changed) into NAME.tgz, and writes NAME.tgz.sha256 beside it. The same files give the same bytes on every machine.',
    'What was packed is read again as publishing would read it: a package that can not be published is not written. Sign it, if you sign packages: gpg --detach-sign --output NAME.tgz.sig NAME.tgz.',
  ],
  operands: [{ name: 'NAME', summary: 'The folder of the package', completes: 'directory' }],
  options: {
    'output-file': {
      type: 'string',
      value: 'FILE',
      completes: 'file',
      summary: 'The package to write (default NAME.tgz beside the folder)',
    },
  },
  document: [
    ['dryRun', 'Whether nothing was written'],
    ['path', 'Of the package; its checksum is PATH.sha256'],
    ...PACKAGE_DOCUMENT,
  ],
  examples: [
    { comment: 'Pack it', command: 'violet package web-cli' },
    {
      comment: 'Under the name that it is passed on with',
      command: 'violet package web-cli --output-file dist/web-cli-v4.0.5.tgz',
    },
  ],
  async run({ operands, options, terminal, signal }) {
    const [name = ''] = operands
    const folder = resolve(name)
    if (!(await stat(folder)).isDirectory() || !existsSync(join(folder, 'res/resources.yaml')))
      throw new UsageError(
        `${name} is no package's folder: it has no res/resources.yaml. Make one with 'violet create'.`,
      )
    const isDryRun = options['dry-run']
    const target = resolve(options['output-file'] ?? `${folder}.tgz`)
    const parent = isDryRun ? tmpdir() : dirname(target)
    await mkdir(parent, { recursive: true })
    const workDir = await mkdtemp(join(parent, '.violet-package-'))
    try {
      return await withSpaceIn(parent, async () => {
        const file = join(workDir, basename(target))
        const progress = startProgress(terminal, `Packing ${name}`)
        const packed = await packFolder(folder, file, {
          signal,
          onBytes: (done, total) => progress.update(done, total),
        }).finally(() => progress.end())
        for (const part of packed.leftOut)
          terminal.warn(`${part} is no part of a package and was left out (packages hold res and setup.sh)`)
        const contents = await openPackage(file, { terminal, signal })
        for (const warning of contents.warnings) terminal.warn(warningText(warning))
        if (!isDryRun) {
          // Never a package beside the checksum of another one.
          await rm(`${target}.sha256`, { force: true })
          await rename(file, target)
          await writeFile(`${target}.sha256`, `${packed.sha256}  ${basename(target)}\n`)
          if (existsSync(`${target}.sig`))
            terminal.warn(`${target}.sig is of an earlier package: sign this one again`)
        }
        terminal.result(
          { dryRun: isDryRun, path: target, ...packageSummary(contents, basename(target)) },
          `${isDryRun ? 'Would write' : 'Wrote'} ${target} (${contents.plugin} ${contents.version}, ${byteText(packed.size)})\nSHA-256 ${packed.sha256}`,
        )
        return EXIT.done
      })
    } finally {
      await rm(workDir, { recursive: true, force: true })
    }
  },
})
