// Plain JavaScript for any Node from 20 on: it runs before anything is installed.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Runs `work` while no other process does work of that name in this checkout; waits for its turn.
 * A lock whose process is gone is taken over.
 * @template T
 * @param {string} root the project's folder
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(root, name, work) {
  const folder = join(root, '.cache')
  const file = join(folder, `${name}.lock`)
  mkdirSync(folder, { recursive: true })
  while (!take(file)) {
    if (!isHeld(file)) rmSync(file, { force: true })
    else await sleep(200)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file) {
  const draft = `${file}.${process.pid}`
  try {
    // A link appears with its content or not at all: nobody ever reads a lock half-written.
    writeFileSync(draft, `${process.pid} ${startTimeOf(process.pid)}`)
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Whether the process that took the lock still runs; a later one with its id, as containers have them, is another. */
function isHeld(file) {
  try {
    const [pid, startTime] = readFileSync(file, 'utf8').split(' ')
    if (!/^\d+$/.test(pid)) return false
    try {
      process.kill(Number(pid), 0)
    } catch (error) {
      if (error.code !== 'EPERM') return false
    }
    return startTimeOf(Number(pid)) === startTime
  } catch {
    return false
  }
}

/** When a process began, where the system tells (Linux); the same text for all of them elsewhere. */
function startTimeOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return 'running'
  }
}
