import { gzipSync } from 'node:zlib'
import { packTar, packTgz, pluginYaml, type PackageEntry } from './package-builder.ts'

export interface HostilePackage {
  title: string
  /** Of the step that refuses it. */
  code: string
  bytes: () => Promise<Buffer>
}

const DEMO = { name: 'hostile-demo', version: 'v1.0.0' }
const GOOD: PackageEntry = ['res/resources.yaml', pluginYaml(DEMO)]
const HEADER_BYTES = 512
const MIB = 1024 * 1024
const ZEROS = '0'.repeat(64)

const withYaml = (yaml: string) => () => packTgz([['res/resources.yaml', yaml]])
const withEntry = (entry: PackageEntry) => () => packTgz([GOOD, entry])

function aliasBomb(): string {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  const lines = names.map((name, at) => {
    const item = at === 0 ? 'lol' : `*${names[at - 1]}`
    return `${name}: &${name} [${Array.from({ length: 9 }, () => item).join(', ')}]`
  })
  return lines.join('\n')
}

/** 4 GiB of zeros in 4 MiB, as one file. */
async function gzipBomb(): Promise<Buffer> {
  const header = (await packTar([['res/zeros']])).subarray(0, HEADER_BYTES)
  header.write('77777777777', 124, 'latin1')
  seal(header)
  const zeros = gzipSync(Buffer.alloc(64 * MIB), { level: 9 })
  return Buffer.concat([gzipSync(header), ...Array.from({ length: 64 }, () => zeros)])
}

/** A million empty files in 10 MiB. */
async function millionEntries(): Promise<Buffer> {
  const first = (await packTar([['res/0000000']])).subarray(0, HEADER_BYTES)
  const members: Buffer[] = []
  const perMember = 50_000
  for (let from = 0; from < 1_000_000; from += perMember) {
    const headers = Buffer.alloc(perMember * HEADER_BYTES)
    for (let at = 0; at < perMember; at++) {
      const header = headers.subarray(at * HEADER_BYTES, (at + 1) * HEADER_BYTES)
      first.copy(header)
      header.write(String(from + at).padStart(7, '0'), 4, 'latin1')
      seal(header)
    }
    members.push(gzipSync(headers, { level: 1 }))
  }
  return Buffer.concat(members)
}

/** Makes a header's checksum good again. */
function seal(header: Buffer): void {
  header.fill(' ', 148, 156)
  let sum = 0
  for (const byte of header) sum += byte
  header.write(sum.toString(8).padStart(6, '0'), 148, 'latin1')
}

const scriptLogo = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')}`

/** Packages that must be refused, each with its own code, leaving nothing behind. */
export const HOSTILE_PACKAGES: readonly HostilePackage[] = [
  { title: 'truncated', code: 'truncated', bytes: async () => (await packTgz([GOOD])).subarray(0, 150) },
  { title: 'not gzip', code: 'not-gzip', bytes: async () => Buffer.from('PK\u0003\u0004 something else') },
  {
    title: 'without resources.yaml',
    code: 'resources-missing',
    bytes: () => packTgz([['res/artifacts.txt', '']]),
  },
  { title: 'a ../ path', code: 'entry-path', bytes: withEntry(['../../etc/cron.d/x', 'x']) },
  { title: 'an absolute path', code: 'entry-path', bytes: withEntry(['/etc/passwd', 'x']) },
  {
    title: 'a symbolic link',
    code: 'entry-type',
    bytes: withEntry([{ name: 'res/l', type: 'symlink', linkname: '/etc/passwd' }]),
  },
  {
    title: 'a hard link',
    code: 'entry-type',
    bytes: withEntry([{ name: 'res/l', type: 'link', linkname: 'res/resources.yaml' }]),
  },
  {
    title: 'a chain of symbolic links',
    code: 'entry-type',
    bytes: () =>
      packTgz([
        GOOD,
        [{ name: 'res/registry', type: 'symlink', linkname: '/' }],
        ['res/registry/etc/cron.d/x', 'x'],
      ]),
  },
  { title: 'a device', code: 'entry-type', bytes: withEntry([{ name: 'res/d', type: 'character-device' }]) },
  {
    title: 'a block device',
    code: 'entry-type',
    bytes: withEntry([{ name: 'res/d', type: 'block-device' }]),
  },
  { title: 'a pipe', code: 'entry-type', bytes: withEntry([{ name: 'res/p', type: 'fifo' }]) },
  { title: 'a deep path', code: 'entry-path-too-deep', bytes: withEntry([`${'x/'.repeat(40)}y`, 'x']) },
  {
    title: 'a long path',
    code: 'entry-path-too-long',
    bytes: withEntry([`${'y'.repeat(90)}/`.repeat(8) + 'z', 'x']),
  },
  {
    title: 'a wrong digest in the registry layout',
    code: 'digest-mismatch',
    bytes: withEntry([`res/registry/docker/registry/v2/blobs/sha256/00/${ZEROS}/data`, 'x']),
  },
  {
    title: 'a wrong digest in the OCI layout',
    code: 'digest-mismatch',
    bytes: withEntry([`res/registry/blobs/sha256/${ZEROS}`, 'x']),
  },
  { title: 'a double entry', code: 'duplicate-entry', bytes: withEntry(GOOD) },
  { title: 'a million entries', code: 'too-many-entries', bytes: millionEntries },
  { title: 'a gzip bomb', code: 'compression-ratio', bytes: gzipBomb },
  { title: 'exploding YAML anchors', code: 'yaml-expansion', bytes: withYaml(aliasBomb()) },
  {
    title: 'prototype keys',
    code: 'yaml-key',
    bytes: withYaml(pluginYaml({ ...DEMO, spec: '  config: {__proto__: {polluted: true}}' })),
  },
  {
    title: 'an SVG logo with a script',
    code: 'logo-invalid',
    bytes: withYaml(pluginYaml({ ...DEMO, logo: scriptLogo })),
  },
  {
    title: 'a logo of 600 KB',
    code: 'logo-invalid',
    bytes: withYaml(pluginYaml({ ...DEMO, logo: `data:image/png;base64,${'A'.repeat(600_000)}` })),
  },
  {
    title: 'a logo of 10 MB',
    code: 'file-too-large',
    bytes: withYaml(pluginYaml({ ...DEMO, logo: `data:image/png;base64,${'A'.repeat(10 * MIB)}` })),
  },
  {
    title: 'the key constructor',
    code: 'yaml-key',
    bytes: withYaml(pluginYaml({ ...DEMO, spec: '  config: {constructor: {prototype: {polluted: true}}}' })),
  },
  {
    title: 'a plugin whose name is HTML',
    code: 'object-invalid',
    bytes: withYaml(pluginYaml({ ...DEMO, name: "'<img src=x>'" })),
  },
  {
    title: 'a display name of broken JSON',
    code: 'text-invalid',
    bytes: withYaml(pluginYaml({ ...DEMO, displayName: '{"en": "x"' })),
  },
  {
    title: 'a display name of HTML',
    code: 'text-invalid',
    bytes: withYaml(pluginYaml({ ...DEMO, displayName: '<img src=x onerror=alert(1)>' })),
  },
  {
    title: 'a plugin named __proto__',
    code: 'object-invalid',
    bytes: withYaml(pluginYaml({ ...DEMO, name: '__proto__' })),
  },
]
