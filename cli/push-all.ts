import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { whoAmI } from '#lib/kube/who-am-i.ts'
import { sweepPackageFolders } from '#lib/packages/package-folder.ts'
import { addressOf } from '#lib/packages/registry/registry-target.ts'
import type { Call } from './command.ts'
import type { PUSH_OPTIONS } from './push-options.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { failureOf, traceOf, type Failure } from './failure.ts'
import { findTarget, namedRegistry } from './find-target.ts'
import { PUSH_PREFIX, pushPackage, type PushJob, type PushOutcome } from './push-package.ts'
import { textTable } from './text-table.ts'
import { UsageError } from './usage-error.ts'
import { verificationOf } from './verification.ts'

/** Folders that killed processes left are removed once nobody can be using them. */
const LEFT_OVER_MS = 24 * 3_600_000
const MOST_AT_ONCE = 32

/**
 * Publishes packages one after the other. Of several, one that fails does not keep the others from being published.
 * @param platform the global cluster's API; null when no platform is needed
 * @returns the first failure's exit code
 * @throws UsageError, and what a single package throws
 */
export async function pushAll(
  files: readonly string[],
  { options, terminal, environment }: Call<typeof PUSH_OPTIONS>,
  platform: KubeClient | null,
  signal: AbortSignal,
): Promise<ExitCode> {
  const parallel = numberOf(options.parallel)
  await sweepPackageFolders(tmpdir(), LEFT_OVER_MS, PUSH_PREFIX)
  const verification = await verificationOf(options, environment)
  const { registry } = verification
  const target = options['skip-push'] ? null : await findTarget(options, platform, registry, signal)
  // Where the artifacts are then, as far as anybody knows.
  const standing = options['skip-push'] ? await namedRegistry(options, platform, registry, signal) : null
  const client = options['skip-crs'] ? null : platform
  if (target !== null) terminal.say(`Registry: ${addressOf(target)}`)
  else if (!options['skip-push'])
    terminal.warn('nobody names a registry, so artifacts are not pushed (--dest-repo would say where)')
  if (target === null && client === null)
    throw new UsageError('Nobody names a registry: say which with --dest-repo.')
  const job: Omit<PushJob, 'file'> = {
    client,
    target,
    standing,
    uploadedBy: client === null ? null : (await whoAmI(client, 'violet', signal)).name,
    dryRun: options['dry-run'],
    replace: options.replace,
    verification,
    parallel,
    terminal,
    signal,
  }
  const outcomes: (PushOutcome | FailedPush)[] = []
  let exitCode: ExitCode = EXIT.done
  for (const file of files)
    try {
      outcomes.push(await pushPackage({ ...job, file }))
    } catch (error) {
      if (signal.aborted || files.length === 1) throw error
      // One bad package does not keep the others from being published.
      const { exitCode: failed, ...failure } = failureOf(error)
      if (terminal.isDebug) terminal.debug(traceOf(error))
      if (exitCode === EXIT.done) exitCode = failed
      const message = terminal.withoutSecrets(failure.message)
      outcomes.push({ file: basename(file), error: { ...failure, message } })
      terminal.say(`${basename(file)}: ${message}`)
    }
  for (const outcome of outcomes)
    if ('warnings' in outcome)
      for (const warning of outcome.warnings) terminal.warn(`${outcome.file}: ${warning}`)
  terminal.result({ dryRun: job.dryRun, packages: outcomes }, textOf(outcomes, job.dryRun))
  return exitCode
}

interface FailedPush {
  file: string
  error: Omit<Failure, 'exitCode'>
}

function numberOf(text: string): number {
  const number = Number(text)
  if (!/^\d{1,3}$/.test(text) || number < 1 || number > MOST_AT_ONCE)
    throw new UsageError(`--parallel is a number from 1 to ${MOST_AT_ONCE}.`)
  return number
}

function textOf(outcomes: readonly (PushOutcome | FailedPush)[], isDryRun: boolean): string {
  const rows = outcomes.map((outcome) => {
    if ('error' in outcome) return [outcome.file, '-', '-', 'failed']
    const { file, plugin, version, changed } = outcome
    return [file, plugin, version, changed ? (isDryRun ? 'would be pushed' : 'pushed') : 'stands already']
  })
  const details = outcomes.flatMap((outcome) =>
    'error' in outcome ? [`${outcome.file}: ${textOfFailure(outcome)}`] : changesOf(outcome),
  )
  const table = textTable(['FILE', 'PLUGIN', 'VERSION', 'OUTCOME'], rows)
  return details.length === 0 ? table : `${table}\n\n${details.join('\n')}`
}

function textOfFailure({ error: { message, advice } }: FailedPush): string {
  return advice === null ? message : `${message}. ${advice}`
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
