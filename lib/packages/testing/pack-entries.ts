import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'

type Header = Exclude<Parameters<ReturnType<typeof pack>['entry']>[0], string>

/** An entry as tests write it: a path with text, or any header that tar can carry. */
export type TestEntry = readonly [header: string | Header, content?: string | Uint8Array]

/** A `.tgz` of exactly these entries, in this order: doubles, links and bad paths included. */
export async function packEntries(entries: readonly TestEntry[]): Promise<Buffer> {
  return gzipSync(await tarEntries(entries), { level: 6 })
}

/** The same, not yet compressed. */
export async function tarEntries(entries: readonly TestEntry[]): Promise<Buffer> {
  const tar = pack()
  for (const [header, content = ''] of entries)
    tar.entry(typeof header === 'string' ? { name: header } : header, Buffer.from(content as Uint8Array))
  tar.finalize()
  return buffer(tar)
}

/** The header of a file of `size` bytes, however many: its content is the caller's to add. */
export async function fileHeader(name: string, size: number): Promise<Buffer> {
  const header = (await tarEntries([[name]])).subarray(0, 512)
  header.fill(0, 124, 136)
  header[124] = 0x80
  header.writeBigUInt64BE(BigInt(size), 128)
  return withChecksum(header)
}

/** Makes the checksum of a changed header good again. */
export function withChecksum(header: Buffer): Buffer {
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(sum.toString(8).padStart(6, '0'), 148, 'latin1')
  return header
}

/** A ModulePlugin document that is fine, with the changes that a test wants. */
export function pluginYaml(spec = '', metadata = ''): string {
  return `apiVersion: cluster.alauda.io/v1alpha1
kind: ModulePlugin
metadata:
  name: demo
${metadata}
spec:
  name: demo
  version: v1.0.0
  logo: ""
  description: {en: Demo, zh: 演示}
  deleteable: true
${spec}
`
}
