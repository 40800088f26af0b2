import { basename } from 'node:path'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { whoAmI } from '#lib/kube/who-am-i.ts'
import { sweepPackageFolders } from '#lib/packages/package-folder.ts'
import { addressOf } from '#lib/packages/registry/registry-target.ts'
import { defineCommand, type Call } from '../command.ts'
import { withPlatform } from '../connect-platform.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { failureOf, traceOf } from '../failure.ts'
import { findTarget, TARGET_OPTIONS } from '../find-target.ts'
import { packageFiles } from '../open-package.ts'
import { PLATFORM_OPTIONS } from '../platform-options.ts'
import { PUSH_DIR, pushPackage, type PushJob, type PushOutcome } from '../push-package.ts'
import { textTable } from '../text-table.ts'
import { UsageError } from '../usage-error.ts'
import { verificationOf, VERIFICATION_OPTIONS } from '../verification.ts'

/** Folders that killed processes left are removed once nobody can be using them. */
const LEFT_OVER_MS = 24 * 3_600_000
const MOST_AT_ONCE = 32

const OPTIONS = {
  ...PLATFORM_OPTIONS,
  ...TARGET_OPTIONS,
  ...VERIFICATION_OPTIONS,
  'skip-crs': { type: 'boolean', summary: 'Push the artifacts only; make no objects on the platform' },
  'skip-push': {
    type: 'boolean',
    summary: 'Make the objects only; the artifacts are in the registry already',
  },
  replace: {
    type: 'boolean',
    summary: 'Replace a version that stands with other content, which is refused otherwise',
  },
  parallel: { type: 'string', value: 'N', default: '4', summary: 'Blobs that are sent at the same time' },
  clusters: {
    type: 'string',
    value: 'NAMES',
    summary: 'Ignored: plugins are published on the global cluster and installed where they are wanted',
  },
} as const

export const PUSH = defineCommand({
  name: 'push',
  summary: 'Publish a package, or all packages of a folder',
  description: [
    'Reads all of the package, pushes its artifacts to the registry, and makes its objects on the platform: ModulePlugin, ModuleConfig, Artifact, ArtifactVersion. The version is offered for installation only when its artifacts are all there. What is there already is left alone: a push that was cut off is completed by the same command.',
    'Artifacts go to --dest-repo, else to the registry that the platform names; where nobody names one they are not pushed, and that is said. A version that stands with other content is refused unless --replace says otherwise.',
    'The platform is found by --platform-address with a token, or by a kubeconfig. --platform-address takes the address of this console, too.',
  ],
  operands: [{ name: 'PKG', summary: 'A package file (.tgz), or a folder of them', completes: 'file' }],
  options: OPTIONS,
  examples: [
    { comment: 'To the platform that kubectl talks to', command: 'violet push web-cli.tgz' },
    { comment: 'What would that change?', command: 'violet push web-cli.tgz --dry-run' },
    {
      comment: 'A folder of packages, with a token',
      command:
        'violet push packages --platform-address https://platform.example --platform-token-stdin < token',
    },
    {
      comment: 'To a registry of your own, first the artifacts, later the objects',
      command:
        'violet push web-cli.tgz --dest-repo registry.example/plugins --username robot --password-stdin --skip-crs < password',
    },
    { comment: 'and then', command: 'violet push web-cli.tgz --skip-push' },
  ],
  async run(call) {
    const { operands, options, terminal, signal } = call
    const [path = ''] = operands
    if (options['skip-crs'] && options['skip-push'])
      throw new UsageError('--skip-crs and --skip-push together leave nothing to do.')
    if (options.clusters !== undefined) terminal.warn('--clusters is ignored for plugins')
    const files = await packageFiles(path)
    await sweepPackageFolders(PUSH_DIR, LEFT_OVER_MS)
    const asksPlatform = !options['skip-crs'] || (!options['skip-push'] && options['dest-repo'] === undefined)
    if (!asksPlatform) return pushAll(files, call, null, signal)
    return withPlatform(call, (client) => pushAll(files, call, client, signal))
  },
})

async function pushAll(
  files: readonly string[],
  { options, terminal, environment }: Call<typeof OPTIONS>,
  platform: KubeClient | null,
  signal: AbortSignal,
): Promise<ExitCode> {
  const verification = await verificationOf(options, environment)
  const { registry } = verification
  const target = options['skip-push'] ? null : await findTarget(options, platform, registry, signal)
  const client = options['skip-crs'] ? null : platform
  if (target !== null) terminal.say(`Registry: ${addressOf(target)}`)
  else if (!options['skip-push']) terminal.warn('no registry is configured: artifacts are not pushed')
  if (target === null && client === null)
    throw new UsageError('Nobody names a registry: say which with --dest-repo.')
  const job: Omit<PushJob, 'file'> = {
    client,
    target,
    uploadedBy: client === null ? null : (await whoAmI(client, 'violet', signal)).name,
    dryRun: options['dry-run'],
    replace: options.replace,
    verification,
    parallel: numberOf(options.parallel),
    terminal,
    signal,
  }
  const outcomes: (PushOutcome | { file: string; error: { code: string; message: string } })[] = []
  let exitCode: ExitCode = EXIT.done
  for (const file of files)
    try {
      outcomes.push(await pushPackage({ ...job, file }))
    } catch (error) {
      if (signal.aborted || files.length === 1) throw error
      // One bad package does not keep the others from being published.
      const failure = failureOf(error)
      if (terminal.isDebug) terminal.debug(traceOf(error))
      if (exitCode === EXIT.done) exitCode = failure.exitCode
      const message = terminal.withoutSecrets(failure.message)
      outcomes.push({ file: basename(file), error: { code: failure.code, message } })
      terminal.say(`${basename(file)}: ${message}`)
    }
  for (const outcome of outcomes)
    if ('warnings' in outcome)
      for (const warning of outcome.warnings) terminal.warn(`${outcome.file}: ${warning}`)
  terminal.result({ dryRun: job.dryRun, packages: outcomes }, textOf(outcomes, job.dryRun))
  return exitCode
}

function numberOf(text: string): number {
  const number = Number(text)
  if (!/^\d{1,3}$/.test(text) || number < 1 || number > MOST_AT_ONCE)
    throw new UsageError(`--parallel is a number from 1 to ${MOST_AT_ONCE}.`)
  return number
}

function textOf(
  outcomes: readonly (PushOutcome | { file: string; error: { message: string } })[],
  isDryRun: boolean,
): string {
  const rows = outcomes.map((outcome) => {
    if ('error' in outcome) return [outcome.file, '-', '-', 'failed']
    const { file, plugin, version, changed } = outcome
    return [file, plugin, version, changed ? (isDryRun ? 'would be pushed' : 'pushed') : 'stands already']
  })
  const details = outcomes.flatMap((outcome) =>
    'error' in outcome ? [`${outcome.file}: ${outcome.error.message}`] : changesOf(outcome),
  )
  const table = textTable(['FILE', 'PLUGIN', 'VERSION', 'OUTCOME'], rows)
  return details.length === 0 ? table : `${table}\n\n${details.join('\n')}`
}

/** A line for each artifact and object that is not what it was. */
function changesOf({ plugin, version, artifacts, objects }: PushOutcome): string[] {
  const changes = [
    ...(artifacts ?? []).map(({ repository, tag, change }) => ({ name: `${repository}:${tag}`, change })),
    ...(objects ?? []).map(({ kind, name, change }) => ({ name: `${kind} ${name}`, change })),
  ]
  return changes
    .filter(({ change }) => change !== 'unchanged')
    .map(({ name, change }) => `${plugin} ${version}: ${name} ${change}`)
}
