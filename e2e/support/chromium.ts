import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'
import { chromium, type LaunchOptions } from '@playwright/test'
import { extract } from 'tar-stream'

const ROOT = resolve(import.meta.dirname, '../..')
const PACKAGE = join(ROOT, 'node_modules/@sparticuz/chromium')
const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const run = promisify(execFile)

interface Browser {
  executablePath: string
  /** Variables that this browser needs beside the process's own. */
  env?: Record<string, string>
}

/**
 * How Playwright starts a Chromium here: `$CHROMIUM_PATH`, one of the system, one that Playwright downloaded, or the
 * one that the package @sparticuz/chromium carries (unpacked once into .cache).
 * @throws Error naming what was tried when none can run
 */
export async function chromiumLaunchOptions(): Promise<LaunchOptions> {
  const { executablePath, env } = await findChromium()
  return {
    executablePath,
    // Root may not use the sandbox; containers have a small /dev/shm. The page's own security stays on.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
    ...(env === undefined ? {} : { env: { ...definedEnvironment(), ...env } }),
  }
}

async function findChromium(): Promise<Browser> {
  const configured = process.env['CHROMIUM_PATH']
  if (configured !== undefined && configured !== '') return { executablePath: configured }
  const installed = [...SYSTEM_BROWSERS, chromium.executablePath()].find((path) => existsSync(path))
  return installed === undefined ? packagedChromium() : { executablePath: installed }
}

async function packagedChromium(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'no Chromium found: install one, set CHROMIUM_PATH or run `npx playwright install chromium`',
    )
  const manifest = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }
  const home = join(ROOT, '.cache', `chromium-${manifest.version}`)
  if (!existsSync(home)) await unpackInto(home)
  const executablePath = join(home, 'chromium')
  const env = { FONTCONFIG_FILE: await writeFontConfig(home) }
  if ((await missingLibraries(executablePath)).length === 0) return { executablePath, env }
  // The libraries that come along are newer than some systems: taken only where the system lacks its own.
  const withLibraries = { ...env, LD_LIBRARY_PATH: join(home, 'al2023/lib') }
  if ((await missingLibraries(executablePath, withLibraries)).length === 0)
    return { executablePath, env: withLibraries }
  await installLibraries(executablePath)
  return { executablePath, env }
}

/**
 * The fonts that come along, and the system's where it has any. The configuration that comes along looks elsewhere,
 * and a Chromium without a single font ends at the first letter that needs another one.
 */
async function writeFontConfig(home: string): Promise<string> {
  const file = join(home, 'fonts.conf')
  const folders = [join(home, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts']
  await writeFile(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((folder) => `  <dir>${folder}</dir>`).join('\n')}
  <cachedir>${join(home, 'font-cache')}</cachedir>
</fontconfig>
`,
  )
  return file
}

/** Unpacks beside the final place and renames, so that a cut or a second run never leaves half a browser. */
async function unpackInto(home: string): Promise<void> {
  const staging = `${home}.${process.pid}`
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { recursive: true })
  const executable = join(staging, 'chromium')
  await pipeline(
    createReadStream(join(PACKAGE, 'bin/chromium.br')),
    createBrotliDecompress(),
    createWriteStream(executable),
  )
  await chmod(executable, 0o755)
  await untar(join(PACKAGE, 'bin/fonts.tar.br'), join(staging, 'fonts'))
  await untar(join(PACKAGE, 'bin/swiftshader.tar.br'), staging)
  await untar(join(PACKAGE, 'bin/al2023.tar.br'), join(staging, 'al2023'))
  try {
    await rename(staging, home)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  }
}

async function untar(archive: string, folder: string): Promise<void> {
  const entries = extract()
  const piped = pipeline(createReadStream(archive), createBrotliDecompress(), entries)
  for await (const entry of entries) {
    const path = resolve(folder, entry.header.name)
    if (entry.header.type === 'file' && path.startsWith(folder + sep)) {
      await mkdir(dirname(path), { recursive: true })
      await pipeline(entry, createWriteStream(path, { mode: entry.header.mode ?? 0o644 }))
    } else entry.resume()
  }
  await piped
}

async function missingLibraries(executable: string, env: Record<string, string> = {}): Promise<string[]> {
  const { stdout } = await run('ldd', [executable], { env: { ...process.env, ...env } })
  return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name ?? '')
}

/** The last resort, on machines where we may: the system's own packages. */
async function installLibraries(executable: string): Promise<void> {
  const missing = (await missingLibraries(executable)).join(', ')
  const problem = `the packaged Chromium lacks ${missing}: install libnss3, or a Chromium, or set CHROMIUM_PATH`
  if (process.getuid?.() !== 0) throw new Error(problem)
  try {
    await run('apt-get', ['update', '-qq'])
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'libnss3'])
  } catch (cause) {
    throw new Error(problem, { cause })
  }
  if ((await missingLibraries(executable)).length > 0) throw new Error(problem)
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
