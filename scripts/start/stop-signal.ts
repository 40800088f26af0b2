/**
 * Calls `stop` once somebody wants this process to end: by signal, by the end of the process that passes signals on
 * to it, or, below npm, by the end of npm itself (a shell in between may not pass anything on).
 */
export function whenAskedToStop(stop: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  if (process.channel !== undefined && process.channel !== null) {
    process.channel.unref()
    process.on('disconnect', stop)
  }
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const parent = process.ppid
    setInterval(() => {
      if (process.ppid !== parent) stop()
    }, 500).unref()
  }
}
