import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** Runs a program, tells its process id, and kills it once our end of descriptor 3 is closed, however we end. */
const KEEPER =
  '"$@" >&2 & pid=$!; echo $pid; { cat >/dev/null; kill -KILL $pid; } <&3 2>/dev/null & wait $pid'

export interface AttachedProcess {
  readonly pid: number
  /** Settles when it has ended, however. */
  readonly ended: Promise<void>
  /** Sends a signal (SIGTERM unless given) and waits for the end; SIGKILL follows after 5 s. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/**
 * Starts a program that does not outlive this process.
 * @param logFile gets what it prints, appended
 */
export async function startAttached(
  program: string,
  args: readonly string[],
  logFile: string,
): Promise<AttachedProcess> {
  const log = openSync(logFile, 'a')
  // A session of its own: Ctrl-C is for us, who then end it in order.
  const keeper = spawn('sh', ['-c', KEEPER, 'sh', program, ...args], {
    stdio: ['ignore', 'pipe', log, 'pipe'],
    detached: true,
  })
  closeSync(log)
  const [, stdout, , leash] = keeper.stdio as unknown as [null, Readable, null, Writable]
  leash.on('error', () => undefined)
  const ended = new Promise<void>((done) => {
    keeper.once('error', () => done())
    keeper.once('exit', () => {
      leash.end()
      done()
    })
  })
  const [line] = await Promise.race([firstLine(stdout), ended.then(() => [''])])
  const pid = Number(line)
  if (!Number.isSafeInteger(pid) || pid <= 0) throw new Error(`${program} can't be started`)
  return {
    pid,
    ended,
    async stop(signal = 'SIGTERM') {
      send(pid, signal)
      // Whoever stopped it with SIGSTOP gets an end, too.
      send(pid, 'SIGCONT')
      const timer = setTimeout(() => send(pid, 'SIGKILL'), 5000)
      await ended
      clearTimeout(timer)
    },
  }

  function send(to: number, signal: NodeJS.Signals): void {
    if (keeper.exitCode !== null || keeper.signalCode !== null) return
    try {
      process.kill(to, signal)
    } catch {
      // Gone already.
    }
  }
}

async function firstLine(stream: Readable): Promise<string[]> {
  for await (const line of createInterface({ input: stream })) return [line]
  return ['']
}
