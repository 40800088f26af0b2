import { hostname } from 'node:os'

const PREFIX = 'embedded-platform'

/** What this process calls itself on the lease of the controllers. */
export function embeddedIdentity(): string {
  return `${PREFIX}/${hostname()}/${process.pid}`
}

/**
 * Whether a holder of the lease was an embedded platform that crashed: only processes of this machine serve its data folder, so
 * one whose process is gone never comes back, and the next start need not wait for the lease to run out.
 */
export function isCrashedPlatform(holder: string): boolean {
  const [prefix, host, text = ''] = holder.split('/')
  if (prefix !== PREFIX || host !== hostname() || !/^\d+$/.test(text)) return false
  const pid = Number(text)
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
