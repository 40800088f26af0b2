import type { Log } from './services/context.ts'

/** Writes one line an event to standard error: time, level, message, facts as JSON. */
export const log: Log = {
  info: (message, facts) => write('info', message, facts),
  warn: (message, facts) => write('warn', message, facts),
}

function write(level: string, message: string, facts?: Readonly<Record<string, unknown>>): void {
  const line = `${new Date().toISOString()} ${level} ${message}`.replace(/\s+/g, ' ')
  console.error(facts === undefined ? line : `${line} ${JSON.stringify(facts)}`)
}
