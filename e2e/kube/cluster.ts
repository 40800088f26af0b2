import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { KubeAssets } from './assets.ts'
import { startAttached, type AttachedProcess } from './attached-process.ts'
import { forgetHistory } from './forget-history.ts'
import { freePorts } from './free-ports.ts'
import { writeKubeconfig } from './kubeconfig.ts'

const START_TIMEOUT_MS = 120_000
const FIRST_NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease']
const CONTROLLERS = ['namespace', 'garbage-collector', 'clusterrole-aggregation']

export interface KubeCluster {
  readonly name: string
  readonly port: number
  /** `https://127.0.0.1:<port>` */
  readonly server: string
  /** Paths of its serving certificate (its own CA follows in the file) and of the key. */
  readonly cert: string
  readonly key: string
  /** The API server's process, for signals. */
  readonly apiServer: AttachedProcess
  /** Ends all of it, quickly; the objects stay in the folder. */
  stop(): Promise<void>
}

/**
 * Starts one real cluster without nodes: etcd, kube-apiserver with RBAC, and where the assets have them the
 * controllers for namespaces, garbage and aggregated roles. Started again on its folder it has the same objects and
 * certificates and, where it is still free, the same port.
 * @param options.token of the administrator
 * @throws when it does not answer within two minutes, naming the log
 */
export async function startCluster(
  assets: KubeAssets,
  options: { name: string; folder: string; token: string },
): Promise<KubeCluster> {
  const { name, folder, token } = options
  const pki = join(folder, 'pki')
  await mkdir(pki, { recursive: true, mode: 0o700 })
  const [port, clientPort, peerPort] = await keptPorts(join(folder, 'ports.json'))
  const cert = join(pki, 'apiserver.crt')
  const server = `https://127.0.0.1:${port}`
  const store = await startEtcd(assets, folder, clientPort, peerPort)
  try {
    await forgetHistory(store, clientPort)
  } catch (error) {
    await store.stop()
    throw error
  }
  const apiServer = await startAttached(
    assets.apiServer,
    [
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      // Any address that is not a loopback one: machines without a network have no other, and nobody connects there.
      '--advertise-address=192.0.2.1',
      '--endpoint-reconciler-type=none',
      `--etcd-servers=http://127.0.0.1:${clientPort}`,
      `--cert-dir=${pki}`,
      `--token-auth-file=${await writeTokens(pki, token)}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      ...accountKeyFlags(await ensureAccountKey(pki)),
      '--service-cluster-ip-range=10.96.0.0/16',
      '--authorization-mode=Node,RBAC',
      // Nothing runs pods here, so that no controller makes the account that each would get.
      '--disable-admission-plugins=ServiceAccount',
      '--allow-privileged=true',
    ],
    join(folder, 'apiserver.log'),
  )
  let controllers: AttachedProcess | undefined
  const stop = async () => {
    // The API server keeps nothing, and a graceful end of it would wait for every watch.
    await controllers?.stop('SIGKILL')
    await apiServer.stop('SIGKILL')
    await store.stop()
  }
  try {
    await untilReady({ server, cert, token }, [apiServer, store])
    const kubeconfig = join(folder, 'kubeconfig')
    await writeKubeconfig(kubeconfig, [{ name, server, ca: await readFile(cert) }], token)
    if (assets.controllers !== undefined) controllers = await startControllers(assets.controllers)
  } catch (error) {
    await stop()
    throw new Error(`cluster ${name}: ${(error as Error).message}; see ${folder}/*.log`, { cause: error })
  }
  return { name, port, server, cert, key: join(pki, 'apiserver.key'), apiServer, stop }

  function startControllers(program: string): Promise<AttachedProcess> {
    return startAttached(
      program,
      [
        `--kubeconfig=${join(folder, 'kubeconfig')}`,
        `--controllers=${CONTROLLERS.map((each) => `${each}-controller`).join(',')}`,
        '--leader-elect=false',
        '--secure-port=0',
      ],
      join(folder, 'controllers.log'),
    )
  }
}

function startEtcd(
  { etcd }: KubeAssets,
  folder: string,
  clientPort: number,
  peerPort: number,
): Promise<AttachedProcess> {
  const client = `http://127.0.0.1:${clientPort}`
  const peer = `http://127.0.0.1:${peerPort}`
  return startAttached(
    etcd,
    [
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--log-level=error',
      // The page cache survives a killed process, which is all that tests do to it.
      '--unsafe-no-fsync',
    ],
    join(folder, 'etcd.log'),
  )
}

/** The ports of an earlier start if all of them are free, else new ones. */
async function keptPorts(file: string): Promise<[number, number, number]> {
  const kept = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as number[]) : [0, 0, 0]
  const ports = await freePorts(kept).catch(() => freePorts([0, 0, 0]))
  await writeFile(file, JSON.stringify(ports))
  const [port = 0, clientPort = 0, peerPort = 0] = ports
  return [port, clientPort, peerPort]
}

/** A token rather than a client certificate: a connection with one is let in whatever its requests say. */
async function writeTokens(pki: string, token: string): Promise<string> {
  const file = join(pki, 'tokens.csv')
  await writeFile(file, `${token},kube-admin,kube-admin,system:masters\n`, { mode: 0o600 })
  return file
}

async function ensureAccountKey(pki: string): Promise<string> {
  const file = join(pki, 'accounts.key')
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await writeFile(file, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 })
  }
  return file
}

function accountKeyFlags(file: string): string[] {
  return [`--service-account-key-file=${file}`, `--service-account-signing-key-file=${file}`]
}

/** Resolves once the server says that it is ready and has made the first namespaces. */
async function untilReady(
  { server, cert, token }: { server: string; cert: string; token: string },
  processes: readonly AttachedProcess[],
): Promise<void> {
  const gone = new AbortController()
  for (const each of processes) void each.ended.then(() => gone.abort())
  const deadline = Date.now() + START_TIMEOUT_MS
  const paths = ['/readyz', ...FIRST_NAMESPACES.map((name) => `/api/v1/namespaces/${name}`)]
  while (Date.now() < deadline) {
    if (gone.signal.aborted) throw new Error('a process ended at its start')
    if (await answersAll(paths)) return
    await sleep(100)
  }
  throw new Error('not ready after two minutes')

  async function answersAll(wanted: readonly string[]): Promise<boolean> {
    if (!existsSync(cert)) return false
    const dispatcher = new Agent({ connect: { ca: await readFile(cert) } })
    try {
      for (const path of wanted) {
        const headers = { authorization: `Bearer ${token}` }
        const answer = await request(server + path, { dispatcher, headers, headersTimeout: 5000 })
        await answer.body.dump()
        if (answer.statusCode !== 200) return false
      }
      return true
    } catch {
      return false
    } finally {
      await dispatcher.destroy()
    }
  }
}
