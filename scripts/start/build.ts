import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartupError } from '#lib/server/startup-error.ts'
import { withLock } from '../lock.mjs'

/** Where next.config.js has the pages built. */
const OUTPUT = process.env['BENCH_PAGES'] === '1' ? '.next-bench' : '.next'

/** What `next build` reads. Tests stand beside their code and are left out. */
const SOURCES = [
  '{app,components,lib,public}/**/*',
  'next.config.js',
  'package-lock.json',
  'package.json',
  'postcss.config.*',
  'tsconfig*.json',
]

/**
 * Builds the pages unless the last build was made from exactly these sources.
 * @throws StartupError after the compiler's own words, when the build fails
 */
export async function ensureBuilt(root: string, signal: AbortSignal): Promise<void> {
  if (await isBuilt(root)) return
  await withLock(root, 'build', async () => {
    if (await isBuilt(root)) return
    const hash = await hashSources(root)
    console.error('building the pages …')
    await build(root, signal)
    await writeFile(stampOf(root), hash)
  })
}

async function isBuilt(root: string): Promise<boolean> {
  const [stamp, hash, id] = await Promise.all([
    readFile(stampOf(root), 'utf8').catch(() => ''),
    hashSources(root),
    readFile(join(root, OUTPUT, 'BUILD_ID'), 'utf8').catch(() => ''),
  ])
  return id !== '' && stamp === hash
}

/** Stands inside the build, so that whatever removes or replaces the build takes it along. */
function stampOf(root: string): string {
  return join(root, OUTPUT, 'source-hash')
}

/** A hash over names and contents of everything that a build reads. */
export async function hashSources(root: string): Promise<string> {
  const files: string[] = []
  for await (const entry of glob(SOURCES, { cwd: root, withFileTypes: true }))
    if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) files.push(join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const file of files.sort()) {
    const content = await readFile(file)
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function build(root: string, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      signal,
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', fail)
    child.once('close', (code) => {
      if (code === 0) return done()
      console.error(output)
      fail(new StartupError('the pages could not be built; the compiler says why above'))
    })
  })
}
