const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/**
 * The Host headers that this process answers to: the loopback names with its own port, and what is configured.
 * Anything else may be a page elsewhere that had its name point here (DNS rebinding).
 * @param port the port listened on; 80 and 443 also match a header without one
 * @param configured `host` (any port) or `host:port`
 */
export function allowedHosts(
  port: number,
  configured: readonly string[],
): (host: string | undefined) => boolean {
  const exact = new Set(LOOPBACK.map((name) => `${name}:${port}`))
  if (port === 80 || port === 443) for (const name of LOOPBACK) exact.add(name)
  const anyPort = new Set<string>()
  for (const entry of configured) {
    const host = entry.toLowerCase()
    if (/:\d+$/.test(host)) exact.add(host)
    else anyPort.add(host)
  }
  return (host) => {
    if (host === undefined) return false
    const name = host.toLowerCase()
    return exact.has(name) || anyPort.has(name.replace(/:\d+$/, ''))
  }
}
