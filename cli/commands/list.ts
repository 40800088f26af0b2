import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { stringify } from 'yaml'
import { installedApplications } from '#lib/domain/installed-applications.ts'
import { MODULE_INFO } from '#lib/kinds/module-info.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import { defineCommand } from '../command.ts'
import { withPlatform } from '../connect-platform.ts'
import { EXIT } from '../exit-code.ts'
import { PLATFORM_OPTIONS } from '../platform-options.ts'
import { withSpaceIn } from '../space.ts'
import { textTable } from '../text-table.ts'
import { UsageError } from '../usage-error.ts'

const DEFAULT_FILE = 'apps.yaml'

export const LIST = defineCommand({
  name: 'list',
  summary: 'Tell which plugins there are and where they are installed, and write apps.yaml',
  description: [
    'Lists every plugin that the platform knows, with the version that each cluster runs, and writes the same to a file: applications.<name> with displayName, type and installed[] (clusterName, version).',
    'With --output json the document goes to standard output, and a file is written only when --output-file names one.',
  ],
  operands: [],
  options: {
    ...PLATFORM_OPTIONS,
    clusters: {
      type: 'string',
      value: 'NAMES',
      summary: 'Only what is on these clusters, separated by commas',
    },
    'output-file': {
      type: 'string',
      value: 'FILE',
      completes: 'file',
      summary: `The file to write, - for standard output (default ${DEFAULT_FILE})`,
    },
  },
  document: [
    ['applications.<name>.displayName', 'Name for people of the plugin <name>'],
    ['applications.<name>.type', 'ModulePlugin'],
    ['applications.<name>.installed[].clusterName', 'A cluster that it is on'],
    [
      'applications.<name>.installed[].version',
      'The version that runs there or, while nothing runs yet, is to run',
    ],
  ],
  examples: [
    { comment: 'With the kubeconfig that kubectl uses', command: 'violet list' },
    {
      comment: 'Through the platform, into another file',
      command:
        'violet list --platform-address https://platform.example --platform-token-stdin --output-file today.yaml < token',
    },
    { comment: 'What runs on two clusters', command: 'violet list --clusters business,edge --dry-run' },
  ],
  async run(call) {
    const { options, terminal, signal } = call
    const clusters = options.clusters
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
    if (clusters?.length === 0)
      throw new UsageError('--clusters is empty: name clusters, or leave it out for all.')
    const applications = await withPlatform(call, async (client) => {
      const [plugins, infos] = await Promise.all([
        client.listAll(MODULE_PLUGIN, { signal }),
        client.listAll(MODULE_INFO, { signal }),
      ])
      return installedApplications({ modulePlugins: plugins.items, moduleInfos: infos.items }, clusters)
    })
    const found = new Set(
      [...applications.values()].flatMap((one) => one.installed.map((at) => at.clusterName)),
    )
    for (const cluster of clusters ?? [])
      if (!found.has(cluster)) terminal.warn(`no plugin is on a cluster '${cluster}'`)
    const document = { applications: Object.fromEntries(applications) }
    const file = options['output-file'] ?? (terminal.isJson ? undefined : DEFAULT_FILE)
    // A map keeps a plugin that is named like a property of every object.
    const yaml = stringify(new Map([['applications', applications]]), { lineWidth: 0 })
    if (file === '-' && !terminal.isJson) {
      terminal.file(yaml)
      return EXIT.done
    }
    if (file === '-') terminal.debug('standard output takes the JSON document')
    else if (file !== undefined && !options['dry-run']) {
      await withSpaceIn(dirname(file), () => writeFile(file, yaml))
      terminal.say(`${file} written`)
    } else if (file !== undefined) terminal.say(`${file} would be written`)
    const rows = [...applications].flatMap(([name, { displayName, installed }]) =>
      installed.length === 0
        ? [[name, displayName, '-', '-']]
        : installed.map(({ clusterName, version }) => [name, displayName, clusterName, version]),
    )
    terminal.result(document, textTable(['NAME', 'DISPLAY_NAME', 'CLUSTER', 'VERSION'], rows))
    return EXIT.done
  },
})
