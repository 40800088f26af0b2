import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { readPublished, removeVersion } from '#lib/packages/remove-version.ts'
import { judgeVersions, type JudgedVersion, type VersionFate } from '#lib/packages/unused-versions.ts'
import { VersionInUseError } from '#lib/packages/version-in-use-error.ts'
import { defineCommand, type Call } from '../command.ts'
import { withPlatform } from '../connect-platform.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { failureOf } from '../failure.ts'
import { PLATFORM_OPTIONS } from '../platform-options.ts'
import { textTable } from '../text-table.ts'
import { UsageError } from '../usage-error.ts'

const WHY: Readonly<Record<VersionFate, (clusters: readonly string[]) => string>> = {
  unused: () => 'installed nowhere',
  installed: (clusters) => `installed on ${clusters.join(', ')}`,
  'built-in': () => 'ships with the platform',
  uploading: () => 'its upload has not ended',
  'being-removed': () => 'is being removed already',
  newest: () => 'one of the newest',
}

const OPTIONS = {
  ...PLATFORM_OPTIONS,
  'keep-newest': {
    type: 'string',
    value: 'N',
    default: '0',
    summary: 'Keep the N newest versions of each plugin, installed or not',
  },
  yes: { type: 'boolean', short: 'y', summary: 'Do not ask' },
} as const

export const GC = defineCommand({
  name: 'gc',
  summary: 'Remove the versions of plugins that are installed nowhere',
  description: [
    'Looks through every published version. Those that no cluster runs, wants or is changing to are removed: ModuleConfig, ArtifactVersion, and with the last version the Artifact. The plugin itself stays known. There is no way back but to push the package again.',
    'Built-in plugins and uploads that have not ended stay. On a terminal the list is shown and a yes is waited for; elsewhere --yes is needed. Artifacts in the registry are left to its own garbage collection.',
  ],
  operands: [],
  options: OPTIONS,
  document: [
    ['dryRun', 'Whether nothing was removed'],
    ['versions[].plugin', 'A plugin'],
    ['versions[].version', 'One of its published versions, newest first'],
    ['versions[].outcome', 'removed, would-be-removed, kept, failed'],
    ['versions[].why', 'Why, in words'],
    ['versions[].fate', 'Why, in a word: unused, installed, built-in, uploading, being-removed, newest'],
    ['versions[].clusters[]', 'Where it is installed, or is to be'],
  ],
  examples: [
    { comment: 'What would go, what stays, and why', command: 'violet gc --dry-run' },
    { comment: 'Keep the newest version of everything', command: 'violet gc --keep-newest 1' },
    { comment: 'In a script', command: 'violet gc --yes --output json' },
  ],
  run(call) {
    const keepNewest = call.options['keep-newest']
    if (!/^\d{1,6}$/.test(keepNewest)) throw new UsageError('--keep-newest is a number, such as 1.')
    return withPlatform(call, (client) => collect(call, client, Number(keepNewest)))
  },
})

interface Outcome extends JudgedVersion {
  why: string
  outcome: 'removed' | 'would-be-removed' | 'kept' | 'failed'
}

async function collect(
  call: Call<typeof OPTIONS>,
  client: KubeClient,
  keepNewest: number,
): Promise<ExitCode> {
  const { options, terminal, signal } = call
  // Installations last: what was installed a moment ago must be among them.
  const seen = await readPublished(client, signal)
  const moduleInfos = (await client.listAll(MODULE_INFO, { signal })).items
  const judged = judgeVersions({ ...seen, moduleInfos }, { now: new Date(), keepNewest })
  const unused = judged.filter(({ fate }) => fate === 'unused')
  const outcomes = new Map<JudgedVersion, Outcome>(
    judged.map((version) => [
      version,
      {
        ...version,
        why: WHY[version.fate](version.clusters),
        outcome: version.fate === 'unused' ? 'would-be-removed' : 'kept',
      },
    ]),
  )
  const isDryRun = options['dry-run']
  if (!isDryRun && unused.length > 0 && !(await askFirst(call, [...outcomes.values()], unused.length))) {
    terminal.result({ dryRun: true, versions: [...outcomes.values()] }, '')
    terminal.say('Nothing was removed')
    return EXIT.done
  }
  let exitCode: ExitCode = EXIT.done
  // An answer may take its time: what is there now counts. Where each is installed is looked up once more for each.
  const published = isDryRun || unused.length === 0 ? seen : await readPublished(client, signal)
  for (const version of unused) {
    const { plugin } = version
    const input = { client, plugin, version: version.version, dryRun: isDryRun, signal, published }
    try {
      const removed = await removeVersion(input)
      for (const { kind, name, change } of removed) terminal.debug(`${kind} ${name} ${change}`)
      if (!isDryRun) outcomes.set(version, { ...version, why: WHY.unused([]), outcome: 'removed' })
    } catch (error) {
      if (signal.aborted) throw error
      const isInUse = error instanceof VersionInUseError
      const { message, exitCode: failed } = failureOf(error)
      if (!isInUse) exitCode = failed
      outcomes.set(version, {
        ...version,
        fate: isInUse ? 'installed' : version.fate,
        why: message,
        outcome: isInUse ? 'kept' : 'failed',
      })
    }
  }
  const versions = [...outcomes.values()]
  const count = (outcome: Outcome['outcome']) =>
    versions.filter((version) => version.outcome === outcome).length
  terminal.result({ dryRun: isDryRun, versions }, tableOf(versions))
  terminal.say(
    isDryRun
      ? `${count('would-be-removed')} versions would be removed, ${count('kept')} stay`
      : `${count('removed')} versions removed, ${count('kept')} stay${count('failed') > 0 ? `, ${count('failed')} failed` : ''}`,
  )
  return exitCode
}

async function askFirst(
  { options, terminal, signal }: Call<typeof OPTIONS>,
  all: Outcome[],
  unused: number,
): Promise<boolean> {
  if (options.yes) return true
  terminal.say(tableOf(all))
  const answer = await terminal.confirm(`Remove ${unused} versions for good?`, signal)
  if (answer === undefined)
    throw new UsageError(`${unused} versions would be removed: say --yes, or look first with --dry-run.`)
  return answer
}

function tableOf(versions: readonly Outcome[]): string {
  return textTable(
    ['PLUGIN', 'VERSION', 'OUTCOME', 'WHY'],
    versions.map(({ plugin, version, outcome, why }) => [plugin, version, outcome.replaceAll('-', ' '), why]),
  )
}
