import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { request } from 'undici'
import type { Stage } from './stage.ts'
import type { Figure } from './statistics.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const EMPTY_APP = join(import.meta.dirname, 'empty-app')

/** Gzipped bytes of all scripts that an HTML document asks for. */
async function scriptBytes(html: string, read: (path: string) => Promise<Buffer>): Promise<number> {
  const sources = new Set([...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, src]) => src ?? ''))
  let bytes = 0
  for (const source of sources) bytes += gzipSync(await read(source)).length
  if (bytes === 0) throw new Error('the page asks for no script')
  return bytes
}

async function listBytes(origin: string): Promise<number> {
  const html = await (await request(`${origin}/marketplace/cluster-plugins`)).body.text()
  return scriptBytes(html, async (path) => {
    const answer = await request(new URL(path, origin))
    return Buffer.from(await answer.body.arrayBuffer())
  })
}

/** An application with nothing in it, built by the same Next.js. */
async function emptyBytes(): Promise<number> {
  const next = join(ROOT, 'node_modules/next/dist/bin/next')
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' as const }
  await promisify(execFile)(process.execPath, [next, 'build', EMPTY_APP], { cwd: ROOT, env })
  const html = await readFile(join(EMPTY_APP, '.next/server/app/index.html'), 'utf8')
  return scriptBytes(html, (path) => {
    const file = new URL(path, 'http://localhost').pathname.replace('/_next/', '.next/')
    return readFile(join(EMPTY_APP, file))
  })
}

/** JavaScript of the list page ÷ that of an empty page of the same Next.js. */
export async function benchPageWeight(stage: Stage): Promise<Figure[]> {
  const list = await listBytes((await stage.small()).url)
  const empty = await emptyBytes()
  return [
    { name: 'JavaScript of the list page, gzipped', value: list / 1024, unit: 'KiB' },
    { name: 'JavaScript of an empty page, gzipped', value: empty / 1024, unit: 'KiB' },
    { name: 'list page ÷ empty page', value: list / empty, unit: '×', atMost: 1.4 },
  ]
}
