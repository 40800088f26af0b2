import { basename } from 'node:path'
import { displayNameOf, pick } from '#lib/domain/local-text.ts'
import type { PackageContents } from '#lib/packages/package-contents.ts'
import { byteText } from '../byte-text.ts'
import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { openPackage } from '../open-package.ts'
import { textTable } from '../text-table.ts'

const LONGEST_LIST = 5

export const SHOW = defineCommand({
  name: 'show',
  summary: 'Tell what is in a package',
  description: [
    'Reads the package as publishing would, so whatever is wrong with it comes to light here: every digest is checked, every limit kept. Nothing is written, nothing is run, no platform is needed.',
    'Arch are the platforms that its images run on, Artifact the charts and images that it carries, RelateImages the images that its main chart lists in values.yaml.',
  ],
  operands: [{ name: 'PKG', summary: 'A package file (.tgz)', completes: 'file' }],
  options: {
    all: {
      type: 'boolean',
      summary: 'Everything: each artifact with platforms, size and digest, objects, scripts, warnings',
    },
  },
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
    warnings,
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
    ['Artifact', shortened(artifacts.map(({ repository, tag }) => `${repository}:${tag}`))],
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
    ...list('Warnings', warnings),
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
