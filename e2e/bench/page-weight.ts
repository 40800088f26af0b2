import { gzipSync } from 'node:zlib'
import { request } from 'undici'
import type { Figure } from './statistics.ts'

/** Gzipped bytes of all scripts that a page's HTML asks for. */
async function scriptBytes(origin: string, path: string): Promise<number> {
  const html = await (await request(origin + path)).body.text()
  const sources = new Set([...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, src]) => src ?? ''))
  let bytes = 0
  for (const source of sources) {
    const script = await (await request(new URL(source, origin))).body.arrayBuffer()
    bytes += gzipSync(Buffer.from(script)).length
  }
  if (bytes === 0) throw new Error(`${path} asks for no script`)
  return bytes
}

/** JavaScript of the list page ÷ that of a page with nothing on it, both from the same build. */
export async function benchPageWeight(origin: string): Promise<Figure[]> {
  const list = await scriptBytes(origin, '/marketplace/cluster-plugins')
  const empty = await scriptBytes(origin, '/empty')
  return [
    { name: 'JavaScript of the list page, gzipped', value: list / 1024, unit: 'KiB' },
    { name: 'JavaScript of an empty page, gzipped', value: empty / 1024, unit: 'KiB' },
    { name: 'list page ÷ empty page', value: list / empty, unit: '×', atMost: 1.4 },
  ]
}
