import { warningText } from './package-warning.ts'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packTgz } from './pack-tgz.ts'
import { PackageError } from './package-error.ts'
import type { PackageLimits } from './package-limits.ts'
import { readPackage } from './read-package.ts'
import { packEntries, pluginYaml, tarEntries, type TestEntry } from './testing/pack-entries.ts'

const RESOURCES: TestEntry = ['res/resources.yaml', pluginYaml()]
const MIB = 1024 * 1024

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function codeOf(bytes: Uint8Array, limits: Partial<PackageLimits> = {}): Promise<string> {
  try {
    await readPackage(inChunks(bytes, 65_536), { limits })
    return 'fine'
  } catch (error) {
    if (error instanceof PackageError) return error.code
    throw error
  }
}

describe('a package that is fine', () => {
  test('is described, however its bytes are cut', async () => {
    const bytes = await packEntries([
      ['./res/artifacts.txt', '# none\nait/demo:v1.0.0\n'],
      [
        './res/resources.yaml',
        `${pluginYaml()}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: y}\n`,
      ],
      ['./setup.sh', 'exit 1'],
      ['./res/hooks/pre.sh', 'exit 1'],
      [{ name: './res/hooks', type: 'directory' }],
    ])
    const contents = await readPackage(inChunks(bytes, 7))
    expect(contents).toMatchObject({
      plugin: 'demo',
      version: 'v1.0.0',
      artifacts: [
        { repository: 'ait/demo', tag: 'v1.0.0', digest: null, type: 'absent', platforms: [], bytes: 0 },
      ],
      scripts: ['setup.sh', 'res/hooks/pre.sh'],
      layout: 'none',
      mainChart: null,
      size: bytes.length,
      entries: 5,
    })
    expect(contents.resources.others).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'y', name: 'x' },
    ])
    expect(contents.resources.moduleConfigs.map(({ metadata }) => metadata.name)).toEqual(['demo-v1.0.0'])
    expect(contents.warnings.map(warningText).join('\n')).toMatch(
      /ConfigMap x is not a plugin object[^]*never run: setup\.sh/,
    )
    expect(await readPackage(Readable.from([bytes]))).toEqual(contents)
  })

  test('leaves a Node stream to its owner when it ends early', async () => {
    const bytes = await packEntries([['../x'], ['y', randomBytes(5 * MIB)]])
    const stream = Readable.from(inChunks(bytes, 16_384), { objectMode: false })
    await expect(readPackage(stream)).rejects.toThrow(PackageError)
    expect(stream.destroyed).toBe(false)
    stream.destroy()
  })
})

describe('a hostile file', () => {
  test.each([
    ['empty', new Uint8Array(), 'not-gzip'],
    ['text', Buffer.from('hello world, not a package'), 'not-gzip'],
    ['almost gzip', Buffer.from([0x1f, 0x00, 1, 2, 3]), 'not-gzip'],
    ['gzip of text', gzipSync('x'.repeat(2000)), 'corrupt'],
    ['gzip of little', gzipSync('x'), 'truncated'],
    ['gzip of nothing', gzipSync(''), 'resources-missing'],
  ])('%s is refused', async (_name, bytes, code) => expect(await codeOf(bytes)).toBe(code))

  test('cut anywhere, or with a byte flipped, it is refused or read as it was', async () => {
    const bytes = await packEntries([RESOURCES, ['res/registry/big', Buffer.alloc(5000, 'abc')]])
    for (let percent = 1; percent < 100; percent += 3) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * percent) / 100))
      expect(await codeOf(cut)).toMatch(/^(?:truncated|not-gzip)$/)
    }
    const whole = await readPackage(inChunks(bytes, 65_536))
    for (let at = 0; at < bytes.length; at += 5) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ 0x55
      const contents = await readPackage(inChunks(flipped, 65_536)).catch((error: unknown) => {
        expect(error).toBeInstanceOf(PackageError)
      })
      if (contents !== undefined) expect({ ...contents, sha256: whole.sha256 }).toEqual(whole)
    }
  })

  test('random bytes never end in anything but PackageError', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), async (bytes, isZipped) => {
        expect(await codeOf(isZipped ? gzipSync(bytes) : bytes)).not.toBe('fine')
      }),
      { numRuns: 60 },
    )
  })

  const long = 'x/'.repeat(40)
  test.each<[string, TestEntry[], string]>([
    ['no resources.yaml', [['res/artifacts.txt', 'a:1']], 'resources-missing'],
    ['a path above', [RESOURCES, ['../evil', 'x']], 'entry-path'],
    ['a path above, hidden', [RESOURCES, ['res/../../evil', 'x']], 'entry-path'],
    ['an absolute path', [RESOURCES, ['/etc/passwd', 'x']], 'entry-path'],
    ['a Windows path', [RESOURCES, ['res\\x', 'x']], 'entry-path'],
    ['a deep path', [RESOURCES, [`${long}y`, 'x']], 'entry-path-too-deep'],
    ['a long path', [RESOURCES, [`${'y'.repeat(90)}/`.repeat(8) + 'z', 'x']], 'entry-path-too-long'],
    ['a symlink', [RESOURCES, [{ name: 'res/l', type: 'symlink', linkname: '/etc/passwd' }]], 'entry-type'],
    [
      'a hard link',
      [RESOURCES, [{ name: 'res/l', type: 'link', linkname: 'res/resources.yaml' }]],
      'entry-type',
    ],
    ['a device', [RESOURCES, [{ name: 'res/d', type: 'character-device' }]], 'entry-type'],
    ['a pipe', [RESOURCES, [{ name: 'res/p', type: 'fifo' }]], 'entry-type'],
    ['a double entry', [RESOURCES, RESOURCES], 'duplicate-entry'],
    ['a double entry, hidden', [RESOURCES, ['./res/resources.yaml', pluginYaml()]], 'duplicate-entry'],
    ['large resources', [['res/resources.yaml', `# ${'x'.repeat(2 * MIB)}`]], 'file-too-large'],
    ['resources that are no text', [['res/resources.yaml', Buffer.from([0xff, 0xfe, 0x00])]], 'corrupt'],
    ['bad artifacts', [RESOURCES, ['res/artifacts.txt', 'nope']], 'artifacts-invalid'],
    [
      'a blob that is not its digest',
      [RESOURCES, [`res/registry/docker/registry/v2/blobs/sha256/00/${'0'.repeat(64)}/data`, 'x']],
      'digest-mismatch',
    ],
    [
      'a tag that points nowhere',
      [
        RESOURCES,
        ['res/registry/docker/registry/v2/repositories/a/_manifests/tags/v1/current/link', 'latest'],
      ],
      'artifact-incomplete',
    ],
  ])('%s is refused', async (_name, entries, code) =>
    expect(await codeOf(await packEntries(entries))).toBe(code),
  )

  test('names and sizes in extended headers are checked too', async () => {
    const pax = (fields: Record<string, string>) => ({ name: 'res/x', pax: fields })
    expect(await codeOf(await packEntries([RESOURCES, [pax({ path: '../evil' })]]))).toBe('entry-path')
    expect(await codeOf(await packEntries([RESOURCES, [pax({ path: '/evil' })]]))).toBe('entry-path')
    expect(await codeOf(await packEntries([RESOURCES, [pax({ path: 'res/resources.yaml' })]]))).toBe(
      'duplicate-entry',
    )
    expect(await codeOf(await packEntries([RESOURCES, [pax({ size: '9'.repeat(400) })]]))).toBe('truncated')
    expect(await codeOf(await packEntries([RESOURCES, [pax({ size: 'x' })]]))).toBe('corrupt')
    expect(await codeOf(await packEntries([RESOURCES, [pax({ comment: 'x'.repeat(5 * MIB) })]]))).toBe(
      'corrupt',
    )
    expect(await codeOf(await packEntries([RESOURCES, [pax({ path: 'res/ünï', comment: '\0' })]]))).toBe(
      'fine',
    )
  })

  test('an archive is read exactly when all its entries are harmless', async () => {
    const part = fc.constantFrom('a', 'b', '..', '.', '', 'c\\d', 'res')
    const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
    const type = fc.constantFrom(
      'file' as const,
      'file' as const,
      'file' as const,
      'symlink' as const,
      'fifo' as const,
    )
    const entry = fc
      .record({ name, type })
      .map(({ name, type }): TestEntry => [{ name, type, linkname: 'x' }])
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 4 }), async (entries) => {
        const paths = entries.map(([header]) => (typeof header === 'string' ? header : header.name))
        const clean = paths.map((path) => path.replace(/^(\.\/)+/, ''))
        const isHarmless =
          entries.every(([header]) => typeof header !== 'string' && header.type === 'file') &&
          clean.every((path) => path.split('/').every((segment) => /^[a-z]+$/.test(segment))) &&
          new Set(clean).size === clean.length
        const code = await codeOf(await packEntries([RESOURCES, ...entries]))
        // A trailing slash makes a folder of a file: harmless, and no matter here.
        if (paths.some((path) => path.endsWith('/') || path.endsWith('/.') || path === '.')) return
        expect(code === 'fine').toBe(isHarmless)
      }),
      { numRuns: 150 },
    )
  })

  test.each<[string, string, string]>([
    ['broken YAML', 'a: [', 'yaml-invalid'],
    [
      'an explosion of aliases',
      `a: &a [1,1,1,1]\nb: &b [${'*a,'.repeat(50)}]\nc: [${'*b,'.repeat(50)}]`,
      'yaml-expansion',
    ],
    ['prototype keys', pluginYaml('  config: {__proto__: {polluted: true}}'), 'yaml-key'],
    ['no plugin', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}', 'plugin-missing'],
    ['two plugins', `${pluginYaml()}---\n${pluginYaml()}`, 'plugin-ambiguous'],
    ['no object', 'hello: world', 'object-invalid'],
    ['a bad name', pluginYaml().replaceAll('demo', 'Demo!'), 'object-invalid'],
    ['a prototype name', pluginYaml().replaceAll('demo', '__proto__'), 'object-invalid'],
    ['a name that is markup', pluginYaml().replaceAll('name: demo', "name: '<b>demo</b>'"), 'object-invalid'],
    ['a bad label', pluginYaml('', '  labels: {"a b": c}'), 'object-invalid'],
    ['a label that is no text', pluginYaml('', '  labels: {a: 1}'), 'object-invalid'],
    ['another type', pluginYaml('', '  labels: {cpaas.io/module-type: operator}'), 'object-invalid'],
    ['another plugin’s label', pluginYaml('', '  labels: {cpaas.io/module-name: other}'), 'object-invalid'],
    ['no version', pluginYaml().replace('version: v1.0.0', ''), 'version-missing'],
    ['a version that is none', pluginYaml().replace('v1.0.0', 'latest'), 'version-invalid'],
    ['a version that is a number', pluginYaml().replace('v1.0.0', '1.0'), 'object-invalid'],
    [
      'a display name of broken JSON',
      pluginYaml('', `  annotations: {cpaas.io/display-name: '{"en": "Demo"'}`),
      'text-invalid',
    ],
    [
      'a display name of odd JSON',
      pluginYaml('', `  annotations: {cpaas.io/display-name: '{"en": {}}'}`),
      'text-invalid',
    ],
    [
      'a display name of HTML',
      pluginYaml('', '  annotations: {cpaas.io/display-name: "<img src=x onerror=alert(1)>"}'),
      'text-invalid',
    ],
    [
      'a logo with a script',
      pluginYaml().replace(
        'logo: ""',
        `logo: data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')}`,
      ),
      'logo-invalid',
    ],
    [
      'a logo of a megabyte',
      pluginYaml().replace('logo: ""', `logo: data:image/png;base64,${'A'.repeat(600_000)}`),
      'logo-invalid',
    ],
    [
      'a ModuleConfig of another plugin',
      `${pluginYaml()}---\n${pluginYaml().replaceAll('demo', 'other').replace('ModulePlugin', 'ModuleConfig')}`,
      'object-invalid',
    ],
    [
      'a ModuleConfig under another name',
      `${pluginYaml()}---\n${pluginYaml().replace('ModulePlugin', 'ModuleConfig')}`,
      'object-invalid',
    ],
  ])('%s is refused', async (_name, yaml, code) => {
    expect(await codeOf(await packEntries([['res/resources.yaml', yaml]]))).toBe(code)
    expect({}).not.toHaveProperty('polluted')
  })

  test('limits on size, entries and time', async () => {
    const bytes = await packEntries([RESOURCES, ['res/x', Buffer.alloc(100_000, 1)], ['res/y', '']])
    expect(await codeOf(bytes, { compressedBytes: bytes.length - 1 })).toBe('too-large')
    expect(await codeOf(bytes, { compressedBytes: bytes.length })).toBe('fine')
    expect(await codeOf(bytes, { unpackedBytes: 100_000 })).toBe('unpacked-too-large')
    expect(await codeOf(bytes, { ratio: 10, ratioGraceBytes: 10_000 })).toBe('compression-ratio')
    expect(await codeOf(bytes, { entries: 2 })).toBe('too-many-entries')
    expect(await codeOf(bytes, { entries: 3 })).toBe('fine')
  })

  test('a source that stalls ends with the time limit, or with the caller', async () => {
    const stalling = () => ({
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<Uint8Array>>(() => {}) }),
    })
    await expect(readPackage(stalling(), { limits: { milliseconds: 30 } })).rejects.toMatchObject({
      code: 'timeout',
    })
    const caller = new AbortController()
    const reading = readPackage(stalling(), { signal: caller.signal })
    caller.abort(new Error('gone'))
    await expect(reading).rejects.toThrow('gone')
    await expect(readPackage(stalling(), { signal: caller.signal })).rejects.toThrow('gone')
  })

  test('an answer does not wait for a source that stalls after what is wrong', async () => {
    const bytes = await packEntries([['../x']])
    async function* stalling(): AsyncGenerator<Uint8Array> {
      yield bytes
      await new Promise(() => {})
    }
    await expect(readPackage(stalling())).rejects.toMatchObject({ code: 'entry-path' })
  })

  test('a file that goes on after its end is damaged, however its bytes come', async () => {
    const whole = await packEntries([RESOURCES])
    for (const more of [Buffer.from([0]), Buffer.alloc(2000), Buffer.from('text')])
      for (const size of [1, 100, 511, 4096, 65_536]) {
        const reading = readPackage(inChunks(Buffer.concat([whole, more, whole]), size))
        await expect(reading, `${more.length} ${size}`).rejects.toMatchObject({ code: 'corrupt' })
        const ending = readPackage(inChunks(Buffer.concat([whole, more]), size))
        await expect(ending, `${more.length} ${size}`).rejects.toMatchObject({ code: 'corrupt' })
      }
  })

  test('an archive in several gzip members is one archive', async () => {
    const tar = await tarEntries([RESOURCES, ['res/x', randomBytes(3000)]])
    const members = [tar.subarray(0, 700), tar.subarray(700, 2000), tar.subarray(2000)]
    const bytes = Buffer.concat(members.map((part) => gzipSync(part)))
    for (const size of [1, 511, 65_536])
      expect(await readPackage(inChunks(bytes, size))).toMatchObject({ entries: 2, size: bytes.length })
  })

  test('a file that ends while its blob’s place is still made says so', async () => {
    const hex = '0'.repeat(64)
    const bytes = await packEntries([RESOURCES, [`res/registry/blobs/sha256/${hex}`, randomBytes(100_000)]])
    const blobs = {
      async open() {
        await new Promise((later) => setTimeout(later, 50))
        const nothing = () => Promise.resolve()
        return { write: nothing, keep: nothing, discard: nothing }
      },
    }
    const reading = readPackage(inChunks(bytes.subarray(0, 50_000), 65_536), { blobs })
    await expect(reading).rejects.toMatchObject({ code: 'truncated' })
  })

  test('an error of the source is passed on', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield (await packEntries([RESOURCES])).subarray(0, 20)
      throw new Error('line lost')
    }
    await expect(readPackage(failing())).rejects.toThrow('line lost')
  })
})

test('packing is deterministic', async () => {
  const files = new Map([
    ['b', 'x'],
    ['a/c.sh', 'y'],
  ])
  const once = await packTgz(files)
  expect(await packTgz(new Map([...files].toReversed()))).toEqual(once)
})
