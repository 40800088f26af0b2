import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const SOURCES = import.meta.dirname
const PROGRAMS = ['kube-apiserver', 'etcd', 'kube-controller-manager'] as const
/** Module file of each minor version of Kubernetes that can be built, the usual one first. */
const MOD_FILES: Readonly<Record<string, string>> = { '1.35': 'go.mod', '1.34': 'go.1.34.mod' }
/** Bytes that `go` may say. */
const MAX_OUTPUT = 16 * 1024 * 1024
const VERSION_PACKAGE = 'k8s.io/component-base/version'

export const MINOR_VERSIONS = Object.keys(MOD_FILES)

/** Where the programs of a Kubernetes API server are. */
export interface KubeAssets {
  readonly apiServer: string
  readonly etcd: string
  /** Absent where a machine brings the other two alone: namespaces and dependents then stay. */
  readonly controllers?: string
  /** Where they come from, for people. */
  readonly origin: string
}

/** Why there is no real API server here; a reason to leave its tests out, not an error. */
export interface NoKubeAssets {
  readonly missing: string
}

/**
 * The programs of a real API server: those of `KUBEBUILDER_ASSETS` or of the PATH, else built with Go, once per
 * machine and version of the sources (`$KUBE_CACHE`, by default `~/.cache/plugin-marketplace-kube`).
 * @param options.minor a version of `MINOR_VERSIONS`, which is then built whatever the machine has
 * @throws when `KUBEBUILDER_ASSETS` names a folder without them, or the build fails
 */
export async function findKubeAssets(
  options: { minor?: string; log?: (line: string) => void } = {},
): Promise<KubeAssets | NoKubeAssets> {
  const { minor, log = () => undefined } = options
  if (minor === undefined) {
    const given = process.env['KUBEBUILDER_ASSETS'] ?? ''
    if (given !== '') {
      const assets = assetsIn([given], 'KUBEBUILDER_ASSETS')
      if (assets === undefined) throw new Error(`KUBEBUILDER_ASSETS: no kube-apiserver and etcd in ${given}`)
      return assets
    }
    const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
    const assets = assetsIn(folders, 'PATH')
    if (assets !== undefined) return assets
  }
  return builtAssets(minor ?? MINOR_VERSIONS[0] ?? '', log)
}

function assetsIn(folders: readonly string[], from: string): KubeAssets | undefined {
  const [apiServer, etcd, controllers] = PROGRAMS.map((name) =>
    folders.map((folder) => join(folder, name)).find((path) => existsSync(path)),
  )
  if (apiServer === undefined || etcd === undefined) return undefined
  const found = { apiServer, etcd, origin: `${apiServer} (${from})` }
  return controllers === undefined ? found : { ...found, controllers }
}

async function builtAssets(minor: string, log: (line: string) => void): Promise<KubeAssets | NoKubeAssets> {
  const modFile = MOD_FILES[minor]
  if (modFile === undefined) throw new Error(`Kubernetes ${minor}: there is ${MINOR_VERSIONS.join(', ')}`)
  const version = await kubernetesVersion(modFile)
  const folder = join(
    cacheFolder(),
    `${version}-${process.platform}-${process.arch}-${await hashOf(modFile)}`,
  )
  if (!existsSync(folder)) {
    const missing = await prepareBuild(modFile)
    if (missing !== undefined) return { missing }
    log(`building kube-apiserver ${version} and etcd with Go …`)
    await build(modFile, version, folder)
  }
  const [apiServer = '', etcd = '', controllers = ''] = PROGRAMS.map((name) => join(folder, name))
  return { apiServer, etcd, controllers, origin: `kube-apiserver ${version} (built)` }
}

async function kubernetesVersion(modFile: string): Promise<string> {
  const text = await readFile(join(SOURCES, modFile), 'utf8')
  const version = /^\s*k8s\.io\/kubernetes (v\S+)$/m.exec(text)?.[1]
  if (version === undefined) throw new Error(`${modFile} names no version of k8s.io/kubernetes`)
  return version
}

function cacheFolder(): string {
  const given = process.env['KUBE_CACHE'] ?? ''
  if (given !== '') return given
  const caches = process.env['XDG_CACHE_HOME'] ?? ''
  return join(caches === '' ? join(homedir(), '.cache') : caches, 'plugin-marketplace-kube')
}

/** Of everything that a build depends on: a stale one is never found. */
async function hashOf(modFile: string): Promise<string> {
  const hash = createHash('sha256')
  const sources = (await readdir(SOURCES)).filter((name) => name.endsWith('.go')).toSorted()
  for (const name of [...sources, modFile, modFile.replace(/mod$/, 'sum')])
    hash.update(`${name}\0`).update(await readFile(join(SOURCES, name)))
  return hash.digest('hex').slice(0, 12)
}

/** Fetches the modules that are needed; what keeps a machine from that is returned in words. */
async function prepareBuild(modFile: string): Promise<string | undefined> {
  try {
    await run('go', ['list', '-deps', '-f', '{{""}}', `-modfile=${modFile}`, '.'], {
      cwd: SOURCES,
      maxBuffer: MAX_OUTPUT,
    })
    return undefined
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string }
    if (code === 'ENOENT')
      return 'neither Go nor kube-apiserver and etcd (on the PATH or in KUBEBUILDER_ASSETS) are here'
    return `Go can't fetch the modules of Kubernetes: ${stderr.trim().split('\n').at(-1)}`
  }
}

/** Builds beside the final place and renames, so that a cut or a second build never leaves half of it. */
async function build(modFile: string, version: string, folder: string): Promise<void> {
  const staging = `${folder}.${process.pid}`
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { recursive: true })
  const [major = '', minor = ''] = version.slice(1).split('.')
  const named = { gitVersion: version, gitMajor: major, gitMinor: minor }
  const variables = Object.entries(named).map(([name, value]) => `-X ${VERSION_PACKAGE}.${name}=${value}`)
  const flags = ['-trimpath', '-buildvcs=false', '-ldflags', `-s -w ${variables.join(' ')}`]
  try {
    await run('go', ['build', `-modfile=${modFile}`, ...flags, '-o', join(staging, 'kube'), '.'], {
      cwd: SOURCES,
      env: { ...process.env, CGO_ENABLED: '0' },
      maxBuffer: MAX_OUTPUT,
    })
    for (const name of PROGRAMS) await symlink('kube', join(staging, name))
    await rename(staging, folder)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}
