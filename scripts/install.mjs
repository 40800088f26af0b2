// Plain JavaScript for any Node from 20 on: it runs before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'

/**
 * Runs `npm ci` unless node_modules holds what package-lock.json says. npm's words are shown only when it fails.
 * @param {string} root the project's folder
 * @throws {Error} with npm's last words
 */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return
  await withLock(root, 'install', async () => {
    if (isInstalled(root)) return
    console.error('installing packages …')
    const { code, output } = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], root)
    if (code !== 0) throw new Error(`npm ci failed: ${lastLines(output)}`)
  })
}

/** npm keeps what it installed in node_modules/.package-lock.json: same versions and hashes there, nothing to do. */
function isInstalled(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'))
  if (wanted === undefined || installed === undefined) return false
  return Object.entries(wanted).every(([path, { version, integrity, optional, link }]) => {
    if (path === '' || link === true) return true
    const found = installed[path]
    if (found === undefined) return optional === true
    return (
      found.version === version &&
      found.integrity === integrity &&
      existsSync(join(root, path, 'package.json'))
    )
  })
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

function run(command, args, cwd) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    let output = ''
    const collect = (chunk) => {
      output = (output + chunk).slice(-20_000)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', fail)
    child.once('close', (code) => done({ code, output }))
  })
}

function lastLines(text) {
  return text.trim().split('\n').slice(-8).join('\n')
}
