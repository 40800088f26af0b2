import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parse } from 'yaml'

const MAIN = resolve(import.meta.dirname, '../../platform/main.ts')

export interface CliPlatform {
  kubeconfig: string
  /** Address of the platform, without `/kubernetes/…`. */
  address: string
  token: string
  ca: string
  stop(): Promise<void>
}

interface Kubeconfig {
  clusters: { cluster: { server: string; 'certificate-authority-data': string } }[]
  users: { user: { token: string } }[]
}

/**
 * Starts the embedded platform, with its first contents, as a process of its own.
 * @param data where it lives
 */
export async function runPlatform(data: string): Promise<CliPlatform> {
  const child = spawn(process.execPath, [MAIN, '--data', data, '--exit-with-stdin'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const exited = new Promise((done) => child.once('exit', done))
  for await (const line of createInterface({ input: child.stdout })) {
    const kubeconfig = /^kubeconfig (.+)$/.exec(line)?.[1]
    if (kubeconfig === undefined) continue
    child.stdout.resume()
    const { clusters, users } = parse(await readFile(kubeconfig, 'utf8')) as Kubeconfig
    const cluster = clusters[0]?.cluster
    return {
      kubeconfig,
      address: new URL(cluster?.server ?? '').origin,
      token: users[0]?.user.token ?? '',
      ca: Buffer.from(cluster?.['certificate-authority-data'] ?? '', 'base64').toString(),
      async stop() {
        child.kill('SIGTERM')
        await exited
      },
    }
  }
  throw new Error('the platform did not start')
}
