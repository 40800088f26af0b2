import { warningText } from '#lib/packages/package-warning.ts'
import { basename } from 'node:path'
import { displayNameOf, pick } from '#lib/domain/local-text.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { byteText } from '../byte-text.ts'
import { defineCommand, type DocumentField } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { openPackage } from '../open-package.ts'
import { textTable } from '../text-table.ts'

const LONGEST_LIST = 5

/** A package, as `show` and `package` write it. */
export const PACKAGE_DOCUMENT: readonly DocumentField[] = [
  ['file', "The file's name"],
  ['name', 'The plugin'],
  ['displayName.en', 'Its name for people, in English; absent where it has none'],
  ['displayName.zh', 'The same in Chinese'],
  ['type', 'ModulePlugin'],
  ['arch[]', 'os/architecture that its images run on; none where it carries no images'],
  ['version', 'Of the plugin'],
  [
    'mainChart',
    'repository:tag of the chart that carries the configuration; null where the package holds none',
  ],
  ['artifacts[].repository', 'What res/artifacts.txt lists'],
  ['artifacts[].tag', 'Its tag'],
  ['artifacts[].type', 'chart, image, other; absent where the package does not hold it'],
  ['artifacts[].digest', 'Of its manifest; null where it is absent'],
  ['artifacts[].platforms[]', 'os/architecture that it runs on'],
  ['artifacts[].bytes', 'Of all its blobs'],
  ['relateImages[].name', "What the main chart's values list below global.images"],
  ['relateImages[].repository', 'The image'],
  ['relateImages[].tag', 'Its tag'],
  ['relateImages[].supportsArm', 'What the chart says of arm64; null where it says nothing'],
  ['relateImages[].thirdParty', 'Whether the chart calls it third-party'],
  ['layout', 'How artifacts are held: registry, oci, none'],
  ['blobs.count', 'Number of blobs, each counted once'],
  ['blobs.bytes', 'Their bytes'],
  ['objects[].kind', 'What publishing makes'],
  ['objects[].name', 'Its name'],
  ['others[].apiVersion', 'What the package brings along and publishing leaves alone'],
  ['others[].kind', 'Its kind'],
  ['others[].namespace', 'Its namespace; null for none'],
  ['others[].name', 'Its name'],
  ['scripts[]', 'Paths of scripts, which are never run'],
  ['warnings[]', 'What is odd, a sentence each'],
  ['size', 'Bytes of the file'],
  ['unpackedSize', 'Bytes that it unpacks to'],
  ['sha256', 'Of the file, hexadecimal'],
]

export const SHOW = defineCommand({
  name: 'show',
  summary: 'Tell what is in a package',
  description: [
    'Reads the package as publishing would, so whatever is wrong with it comes to light here: every digest is checked, every limit kept. Nothing is written, nothing is run, no platform is needed.',
    'What is odd and harmless is a warning, on standard error. Arch are the platforms that its images run on, Artifact the charts and images that it carries, RelateImages the images that its main chart lists in values.yaml.',
  ],
  operands: [{ name: 'PKG', summary: 'A package file (.tgz)', completes: 'file' }],
  options: {
    all: {
      type: 'boolean',
      summary: 'Everything: each artifact with platforms, size and digest, objects, scripts, warnings',
    },
  },
  document: PACKAGE_DOCUMENT,
  examples: [
    { comment: 'What is this file?', command: 'violet show web-cli-v4.0.5.tgz' },
    { comment: 'Every artifact with its digest', command: 'violet show web-cli-v4.0.5.tgz --all' },
    {
      comment: 'For a script',
      command: "violet show web-cli-v4.0.5.tgz -o json | jq -r '.artifacts[].digest'",
    },
  ],
  async run({ operands, options, terminal, environment, signal }) {
    const [file = ''] = operands
    // Commands load what is large when they run: all others start sooner.
    const { loadPackageSettings } = await import('#lib/packages/package-settings.ts')
    const { limits } = await loadPackageSettings(environment)
    const contents = await openPackage(file, { limits, terminal, signal })
    terminal.result(
      packageSummary(contents, basename(file)),
      options.all ? allText(contents) : shortText(contents),
    )
    // With --all they stand in the list.
    if (!options.all) for (const warning of contents.warnings) terminal.warn(warningText(warning))
    return EXIT.done
  },
})

/** A package as `--output json` tells it. */
export function packageSummary(contents: PackageContents, fileName: string): object {
  const { resources, artifacts, images, layout, blobs, scripts, warnings } = contents
  return {
    file: fileName,
    name: contents.plugin,
    displayName: displayNameOf(resources.modulePlugin, contents.plugin),
    type: resources.modulePlugin.kind,
    arch: platformsOf(contents),
    version: contents.version,
    mainChart:
      contents.mainChart === null ? null : `${contents.mainChart.repository}:${contents.mainChart.tag}`,
    artifacts,
    relateImages: images,
    layout,
    blobs,
    objects: [resources.modulePlugin, ...resources.moduleConfigs].map(({ kind, metadata }) => ({
      kind,
      name: metadata.name,
    })),
    others: resources.others,
    scripts,
    warnings: warnings.map(warningText),
    size: contents.size,
    unpackedSize: contents.unpackedSize,
    sha256: contents.sha256,
  }
}

/** What the package's images run on; empty when it carries none. */
function platformsOf({ artifacts }: PackageContents): string[] {
  return [...new Set(artifacts.flatMap(({ platforms }) => platforms))].sort()
}

function shortText(contents: PackageContents): string {
  const { plugin, version, resources, artifacts, images } = contents
  const name = pick(displayNameOf(resources.modulePlugin, plugin), 'en')
  const platforms = platformsOf(contents)
  return fields([
    ['Name', name === plugin ? [plugin] : [`${plugin} (${name})`]],
    ['Type', [resources.modulePlugin.kind]],
    ['Arch', platforms.length === 0 ? ['any'] : [platforms.join(', ')]],
    ['Version', [version]],
    [
      'Artifact',
      shortened(
        artifacts.map(
          ({ repository, tag, digest }) =>
            `${repository}:${tag}${digest === null ? ' (not in the package)' : ''}`,
        ),
      ),
    ],
    ['RelateImages', shortened(images.map(({ repository, tag }) => `${repository}:${tag}`))],
  ])
}

function allText(contents: PackageContents): string {
  const { artifacts, images, resources, scripts, warnings, layout, blobs } = contents
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)]
  const rows = artifacts.map(({ repository, tag, type, platforms, bytes, digest }) => [
    `${repository}:${tag}`,
    type,
    platforms.join(', ') || '-',
    byteText(bytes),
    digest ?? '-',
  ])
  return [
    shortText({ ...contents, artifacts: [], images: [] }).replace(/\n(?:Artifact|RelateImages).*$/gm, ''),
    fields([
      ['Layout', [layout]],
      ['Blobs', [`${blobs.count}, ${byteText(blobs.bytes)}`]],
      ['Size', [`${byteText(contents.size)}, unpacked ${byteText(contents.unpackedSize)}`]],
      ['SHA-256', [contents.sha256]],
    ]),
    ...(rows.length === 0 ? [] : ['', textTable(['ARTIFACT', 'TYPE', 'ARCH', 'SIZE', 'DIGEST'], rows)]),
    ...list(
      'RelateImages',
      images.map(({ name, repository, tag }) => `${repository}:${tag} (${name})`),
    ),
    ...list(
      'Objects',
      [resources.modulePlugin, ...resources.moduleConfigs].map(
        ({ kind, metadata }) => `${kind} ${metadata.name}`,
      ),
    ),
    ...list('Scripts, never run', scripts),
    ...list('Warnings', warnings.map(warningText)),
  ].join('\n')
}

function fields(rows: readonly (readonly [string, readonly string[]])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows
    .map(([name, lines]) =>
      (lines.length === 0 ? ['-'] : lines)
        .map(
          (line, index) =>
            (index === 0 ? `${name}:`.padEnd(Math.max(width, 14)) : ' '.repeat(Math.max(width, 14))) + line,
        )
        .join('\n'),
    )
    .join('\n')
}

function shortened(lines: readonly string[]): string[] {
  if (lines.length <= LONGEST_LIST) return [...lines]
  return [...lines.slice(0, LONGEST_LIST), `and ${lines.length - LONGEST_LIST} more, see --all`]
}
