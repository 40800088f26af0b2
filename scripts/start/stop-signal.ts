import { readFileSync } from 'node:fs'

const WATCH_MS = 500

/**
 * Calls `stop` once somebody wants this process to end: by signal, by the end of the process that passes signals on
 * to it, or, below npm, by the end of npm itself (the shell in between may not pass anything on).
 */
export function whenAskedToStop(stop: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  if (process.channel !== undefined && process.channel !== null) {
    process.channel.unref()
    process.on('disconnect', stop)
  }
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const parents = parentAndItsParent()
    setInterval(() => {
      if (parentAndItsParent() !== parents) stop()
    }, WATCH_MS).unref()
  }
}

/** The shell that npm runs scripts in, and npm; where the system doesn't tell, only the former. */
function parentAndItsParent(): string {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return `${process.ppid} ${parent}`
  } catch {
    return String(process.ppid)
  }
}
