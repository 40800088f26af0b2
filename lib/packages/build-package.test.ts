import { warningText } from './package-warning.ts'
import { globSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { parse } from 'yaml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import { renderTemplate } from '#lib/domain/go-template/render-template.ts'
import { buildPackage } from './build-package.ts'
import { chartArtifact } from './chart-artifact.ts'
import { packTgz } from './pack-tgz.ts'
import type { PackageError } from './package-error.ts'
import { readPackage } from './read-package.ts'
import { pluginYaml } from './testing/pack-entries.ts'

const EXAMPLES = resolve(import.meta.dirname, '../../examples')
const SOURCES = globSync('*/v*', { cwd: EXAMPLES }).map((path) => {
  const [plugin = '', version = ''] = path.split(sep)
  return { plugin, version, dir: join(EXAMPLES, path) }
})

describe.each(SOURCES)('$plugin $version', ({ plugin, version, dir }) => {
  test('builds to the same bytes, and reads back whole', async () => {
    const bytes = await buildPackage(dir)
    expect(await buildPackage(dir)).toEqual(bytes)
    const contents = await readPackage(Readable.from([bytes]))
    expect(contents).toMatchObject({ plugin, version, layout: 'registry', warnings: [], size: bytes.length })
    expect(contents.artifacts).toEqual([
      {
        repository: contents.mainChart?.repository,
        tag: version,
        digest: contents.mainChart?.digest,
        type: 'chart',
        platforms: [],
        bytes: contents.blobs.bytes,
      },
    ])
    const { modulePlugin, moduleConfigs } = contents.resources
    expect(moduleConfigs.map(({ metadata }) => metadata.name)).toEqual([`${plugin}-${version}`])
    expect(modulePlugin.spec.logo).toMatch(/^data:image\/svg\+xml;base64,/)
    expect(modulePlugin.spec.supportedUpgradeVersions).toBeDefined()
  })

  test('has forms that say all they mean, and templates that render', async () => {
    const contents = await readPackage(Readable.from([await buildPackage(dir)]))
    const { spec } = contents.resources.modulePlugin
    for (const descriptors of [spec.deployDescriptors, spec.editDescriptors]) {
      const form = compileForm({
        config: spec.config,
        descriptors,
        sizeSettings: spec.uiContext?.sizeSettings,
      })
      expect(form.notes).toEqual([])
      for (const { label, kind, options } of form.controls) {
        expect(label.en).not.toBe('')
        if (descriptors !== undefined && descriptors.length > 0 && kind !== 'data' && kind !== 'rows')
          expect(label.zh).toBeTruthy()
        for (const option of options) expect(String(option.value)).not.toBe('')
      }
    }
    const data = {
      MiConfig: spec.config ?? {},
      ClusterName: 'business',
      ClusterType: 'Workload',
      IsGlobal: false,
      Replicas: 1,
    }
    for (const text of Object.values(spec.valuesTemplates ?? {}))
      expect(parse(renderTemplate(text, data))).toMatchObject({ global: { cluster: { name: 'business' } } })
  })
})

describe('sources', () => {
  let dir = ''
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'package-'))
    await mkdir(join(dir, 'chart'), { recursive: true })
    await mkdir(join(dir, 'hooks'))
  })
  afterAll(() => rm(dir, { recursive: true }))

  test('without a chart, with a hook and a brought ModuleConfig', async () => {
    const config = pluginYaml()
      .replace('ModulePlugin', 'ModuleConfig')
      .replace('name: demo', 'name: demo-v1.0.0')
    await writeFile(join(dir, 'module-plugin.yaml'), `${pluginYaml()}---\n${config}`)
    await writeFile(join(dir, 'hooks/pre.sh'), 'exit 1')
    const contents = await readPackage(Readable.from([await buildPackage(dir)]))
    expect(contents).toMatchObject({ layout: 'none', artifacts: [], scripts: ['res/hooks/pre.sh'] })
    expect(contents.resources.moduleConfigs).toHaveLength(1)
  })

  test('with a chart that no release names', async () => {
    await writeFile(join(dir, 'chart/Chart.yaml'), 'name: x\nversion: 1.0.0\n')
    await expect(buildPackage(dir)).rejects.toMatchObject({ code: 'object-invalid', field: 'spec.mainChart' })
  })
})

describe('the main chart', () => {
  const plugin = pluginYaml(`  mainChart: ait/demo
  appReleases: [{name: demo, chartVersions: [{name: ait/demo, releaseName: demo, version: v1.0.0}]}]`)
  const chart = new Map([['Chart.yaml', Buffer.from('name: demo\nversion: 1.0.0\n')]])

  async function read(
    change: (files: Map<string, Uint8Array | string>) => unknown,
    extra = new Map<string, Buffer>(),
  ) {
    const files = new Map<string, Uint8Array | string>(
      await chartArtifact('ait/demo', 'v1.0.0', { name: 'demo' }, new Map([...chart, ...extra])),
    )
    files.set('res/resources.yaml', plugin)
    change(files)
    return readPackage(Readable.from([await packTgz(files)]))
  }
  async function codeOf(reading: Promise<unknown>): Promise<string> {
    return reading.then(
      () => 'fine',
      (error: PackageError) => error.code,
    )
  }
  const remove = (part: RegExp, at: number) => (files: Map<string, unknown>) => {
    const path =
      [...files].filter(([name, bytes]) => part.test(name) && (bytes as Uint8Array)[0] === at)[0]?.[0] ?? ''
    expect(files.delete(path)).toBe(true)
  }

  test('without a configuration file is fine, and said', async () => {
    const { warnings, mainChart } = await read(() => {})
    expect(mainChart).toMatchObject({ name: 'demo', version: '1.0.0', tag: 'v1.0.0', pluginConfig: null })
    expect(warnings.map(warningText).join()).toContain('no scripts/plugin-config.yaml')
  })
  test('that is not there at all is fine, and said', async () => {
    const { warnings } = await read((files) => {
      for (const path of files.keys()) if (path.startsWith('res/registry')) files.delete(path)
    })
    expect(warnings.map(warningText).join()).toContain('does not hold its main chart')
  })
  test('may be named otherwise by cfgFilename', async () => {
    const extra = new Map([['scripts/other.yaml', Buffer.from('config: {a: 1}')]])
    const named = plugin.replace('  mainChart', '  cfgFilename: other.yaml\n  mainChart')
    const { mainChart } = await read((files) => files.set('res/resources.yaml', named), extra)
    expect(mainChart?.pluginConfig).toEqual({ config: { a: 1 } })
  })
  test('that lacks a blob is refused', async () => {
    expect(await codeOf(read(remove(/\/blobs\/.*\/data$/, 0x1f)))).toBe('artifact-incomplete')
    expect(
      await codeOf(
        read((files) => {
          for (const [path, bytes] of files)
            if (bytes.toString().includes('schemaVersion')) files.delete(path)
        }),
      ),
    ).toBe('artifact-incomplete')
  })
  test.each<[string, [string, string][], string]>([
    ['broken configuration', [['scripts/plugin-config.yaml', 'a: [']], 'yaml-invalid'],
    ['two configurations in one', [['scripts/plugin-config.yaml', 'a: 1\n---\nb: 1']], 'chart-invalid'],
    ['prototype keys', [['scripts/plugin-config.yaml', 'config: {__proto__: {}}']], 'yaml-key'],
    ['no name', [['Chart.yaml', 'version: 1']], 'chart-invalid'],
    [
      'a huge configuration',
      [['scripts/plugin-config.yaml', `# ${'x'.repeat(1_100_000)}`]],
      'file-too-large',
    ],
    ['a path above', [['../../evil', 'x']], 'entry-path'],
  ])('with %s is refused', async (_name, extra, code) => {
    expect(
      await codeOf(read(() => {}, new Map(extra.map(([path, text]) => [path, Buffer.from(text)])))),
    ).toBe(code)
  })
})
