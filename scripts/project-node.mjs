// Plain JavaScript for any Node from 20 on: it decides which Node runs the rest.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import * as module from 'node:module'
import { join } from 'node:path'

const OLDEST = [22, 19]

/**
 * The Node that runs this project: the one that its packages bring along, else the present one if it is new enough.
 * @param {string} root the project's folder
 * @returns {string} path of the executable
 * @throws {Error} when there is none
 */
export function projectNode(root) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'
  for (const folder of [name, name.replace('node-', 'node-bin-')]) {
    const path = join(root, 'node_modules', folder, file)
    if (existsSync(path)) return realpathSync(path)
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return process.execPath
  throw new Error(`Node ${OLDEST.join('.')} or newer is needed here; this is ${process.version}`)
}

/**
 * Has this process and all that it starts keep compiled code in `.cache`: from the second start on that is a quarter
 * of what a start costs. `$NODE_COMPILE_CACHE` says another folder.
 * @param {string} root the project's folder
 */
function keepCompiledCode(root) {
  process.env.NODE_COMPILE_CACHE ||= join(root, '.cache/node')
  // Not there before Node 22.
  module.enableCompileCache?.()
}

/**
 * Runs a script of the project on its own Node and ends this process as that one ends. Signals are passed on; when
 * this process is killed, the other one notices by its IPC channel.
 * @param {string} root
 * @param {string} script
 * @param {readonly string[]} args
 */
export async function runOnProjectNode(root, script, args) {
  const node = projectNode(root)
  keepCompiledCode(root)
  if (realpathSync(process.execPath) === node) {
    const { main } = await import(`file://${script}`)
    await main(args)
    return
  }
  const child = spawn(node, [script, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128)
    process.exit()
  })
}
