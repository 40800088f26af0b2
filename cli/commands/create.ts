import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { defineCommand, type Call } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { fillFolder } from '../source/fill-folder.ts'
import { openArtifact, type OpenedArtifact } from '../source/open-artifact.ts'
import { REGISTRY_OPTIONS, registryLogin } from '../registry-options.ts'
import { WorkFolder } from '../source/work-folder.ts'
import { withSpaceIn } from '../space.ts'
import { UsageError } from '../usage-error.ts'

const PLATFORM = /^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9.]+)?$/

const OPTIONS = {
  artifact: {
    type: 'string',
    value: '[REPOSITORY:TAG=]SOURCE',
    multiple: true,
    completes: 'file',
    summary:
      'What goes in: a chart (folder or .tgz), an OCI image layout, an archive of docker save or skopeo, or a reference to a registry',
  },
  platforms: {
    type: 'string',
    value: 'OS/ARCH,…',
    multiple: true,
    summary: 'Of images for several platforms, take only these; all when left out',
  },
  'module-plugin': {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    summary:
      "The ModulePlugin, further objects as more documents (default: the chart's own module-plugin.yaml)",
  },
  ...REGISTRY_OPTIONS,
} as const

export const CREATE = defineCommand({
  name: 'create',
  summary: 'Make the folder of a package from charts and images',
  description: [
    'Makes the folder NAME with res/resources.yaml, res/artifacts.txt and res/registry, which `violet package NAME` packs. Look at it, add res/hooks if there must be any (they are never run by this project), and pack it.',
    'The ModulePlugin needs little: apiVersion cluster.alauda.io/v1alpha1, kind ModulePlugin, metadata.name, spec.description.en and spec.logo. Where it names no charts, the one chart is installed as one release; labels and fields that every ModulePlugin must have are filled in. The form, defaults and upgrade rules stand in scripts/plugin-config.yaml of the main chart.',
    "A chart is stored under the name and version that the plugin's appReleases give it; an image under its own name without the registry's address. `repository:tag=` before the source says it otherwise. A logo may be the relative path of an SVG or PNG file beside the --module-plugin file.",
  ],
  operands: [{ name: 'NAME', summary: 'The folder to make; it must not exist yet', completes: 'directory' }],
  options: OPTIONS,
  document: [
    ['dryRun', 'Whether nothing was made'],
    ['folder', 'That was made, or would be'],
    ['plugin', "The plugin's name"],
    ['artifacts[]', 'What it holds, repository:tag each'],
  ],
  examples: [
    {
      comment: 'From a chart that carries its module-plugin.yaml',
      command: 'violet create web-cli --artifact ./chart',
    },
    {
      comment: 'With an image for two platforms, saved before',
      command:
        'violet create web-cli --artifact ./chart --module-plugin plugin.yaml --artifact ait/web-cli:v4=./image --platforms linux/amd64,linux/arm64',
    },
    {
      comment: 'With what a registry holds',
      command:
        'violet create web-cli --artifact registry.example/ait/chart-web-cli:v4.0.5 --artifact registry.example/ait/web-cli:v4.0.5 --module-plugin plugin.yaml',
    },
    { comment: 'Would that work?', command: 'violet create web-cli --artifact chart-1.0.0.tgz --dry-run' },
  ],
  async run(call) {
    const { operands, options, terminal } = call
    const [name = ''] = operands
    const target = resolve(name)
    if (options.artifact.length === 0)
      throw new UsageError(
        "--artifact is missing: a package holds at least one chart. See 'violet create --help'.",
      )
    if (existsSync(target))
      throw new UsageError(`${name} exists already, and nothing is overwritten: name another folder.`)
    const isDryRun = options['dry-run']
    const parent = isDryRun ? tmpdir() : dirname(target)
    await mkdir(parent, { recursive: true })
    // All of it in a folder of its own first: the name appears only when the package is whole.
    const workDir = await mkdtemp(join(parent, '.violet-create-'))
    try {
      return await withSpaceIn(parent, async () => {
        const folder = new WorkFolder(join(workDir, 'package'))
        const made = await fill(folder, workDir, call)
        if (!isDryRun) await rename(folder.path, target)
        const artifacts = folder.artifacts.map(({ repository, tag }) => `${repository}:${tag}`)
        terminal.result(
          { dryRun: isDryRun, folder: target, ...made, artifacts },
          [
            `${isDryRun ? 'Would make' : 'Made'} ${name}: ${made.plugin} with`,
            ...artifacts.map((one) => `  ${one}`),
          ].join('\n'),
        )
        if (!isDryRun) terminal.say(`Next: violet package ${name}`)
        return EXIT.done
      })
    } finally {
      await rm(workDir, { recursive: true, force: true })
    }
  },
})

/** Puts all artifacts and the objects into the folder. */
async function fill(
  folder: WorkFolder,
  workDir: string,
  call: Call<typeof OPTIONS>,
): Promise<{ plugin: string }> {
  const { options, terminal, signal } = call
  const platforms = platformsOf(options.platforms)
  const { RegistrySources } = await import('../source/registry-source.ts')
  const registries = new RegistrySources(await registryLogin(options), signal)
  try {
    const opened: OpenedArtifact[] = []
    for (const text of options.artifact)
      opened.push(
        await openArtifact(text, { workDir, signal, openReference: (name) => registries.open(name) }),
      )
    const file = options['module-plugin']
    return await fillFolder({ opened, folder, modulePlugin: file, platforms, terminal, signal })
  } finally {
    await registries.close()
  }
}

function platformsOf(values: readonly string[]): string[] {
  const platforms = values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '')
  const wrong = platforms.find((platform) => !PLATFORM.test(platform))
  if (wrong !== undefined)
    throw new UsageError(`--platforms: '${wrong.slice(0, 80)}' is no platform, such as linux/amd64.`)
  return platforms
}
