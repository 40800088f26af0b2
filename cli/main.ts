import { runViolet } from './run-violet.ts'
import { EXIT } from './exit-code.ts'

class Interruption extends Error {
  override name = 'AbortError'
}

/** Ctrl-C reaches the process twice when it was started through `violet.mjs`. Milliseconds. */
const SAME_MS = 300

/**
 * The process: ends with the command's exit code once all it wrote has been taken. The first interruption lets it tidy up, the
 * second one ends it at once.
 * @param args without the program's own name
 */
export async function main(args: readonly string[]): Promise<never> {
  const { stdout, stderr, stdin, env: environment } = process
  const interruption = new AbortController()
  let interruptedAt = 0
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      const now = performance.now()
      if (interruption.signal.aborted && now - interruptedAt > SAME_MS) process.exit(EXIT.interrupted)
      interruptedAt = now
      interruption.abort(new Interruption('Interrupted'))
    })
  let isLost = false
  for (const stream of [stdout, stderr])
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      // Whoever reads us may have had enough, such as `head`; what was asked for is done all the same.
      if (code === 'EPIPE') return
      isLost = true
      if (stream === stdout) stderr.write(`violet: standard output can not be written (${code})\n`)
    })
  const { signal } = interruption
  const exitCode = await runViolet(args, { streams: { stdout, stderr, stdin }, environment, signal })
  for (const stream of [stdout, stderr]) await new Promise((taken) => stream.write('', taken))
  process.exit(isLost && exitCode === EXIT.done ? EXIT.failed : exitCode)
}

if (import.meta.main) await main(process.argv.slice(2))
