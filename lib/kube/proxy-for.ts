import { BlockList, isIP } from 'node:net'

type Variables = Readonly<Record<string, string | undefined>>

/** A variable that names no proxy. The message holds nothing of its value, which may carry a password. */
export class ProxyVariableError extends Error {
  override name = 'ProxyVariableError'
}

const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

/**
 * The proxy that an address is reached through, by HTTPS_PROXY, HTTP_PROXY and NO_PROXY (or the same in small letters) as
 * kubectl, docker and skopeo read them (golang.org/x/net/http/httpproxy): loopback addresses never go through one; NO_PROXY lists
 * hosts with all below them, `.domain` or `*.domain` for those below alone, addresses, networks such as 10.0.0.0/8, each with a port if wanted,
 * or `*` for everything.
 * @returns the proxy's URL, with name and password if it has them; undefined for none
 * @throws ProxyVariableError
 */
export function proxyFor(url: URL, environment: Variables): string | undefined {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const value = variable(name, environment)
  if (value === '') return undefined
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
  const port = url.port === '' ? (PORTS[url.protocol] ?? '') : url.port
  if (isLoopback(host)) return undefined
  const exceptions = variable('NO_PROXY', environment)
    .toLowerCase()
    .split(/[,\s]+/)
  if (exceptions.some((exception) => exception !== '' && covers(exception, host, port))) return undefined
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`
  const proxy = URL.canParse(text) ? new URL(text) : undefined
  if (proxy === undefined || !/^https?:$/.test(proxy.protocol) || proxy.hostname === '')
    throw new ProxyVariableError(`${name} is not the http(s) address of a proxy`)
  return proxy.href
}

function variable(name: string, environment: Variables): string {
  return (environment[name] || environment[name.toLowerCase()] || '').trim()
}

function isLoopback(host: string): boolean {
  if (host === 'localhost') return true
  const family = isIP(host)
  return isWithin('127.0.0.0/8', host, family) || isWithin('::1/128', host, family)
}

function covers(exception: string, host: string, port: string): boolean {
  if (exception === '*') return true
  if (exception.includes('/')) return isWithin(exception, host, isIP(host))
  const [, name = '', only] = isIP(exception)
    ? ['', exception]
    : (/^\[?(.*?)\]?(?::(\d+))?$/.exec(exception) ?? [])
  if (only !== undefined && only !== port) return false
  if (isIP(name)) return isWithin(`${name}/${isIP(name) === 4 ? 32 : 128}`, host, isIP(host))
  const below = name.replace(/^\*?\./, '')
  return host.endsWith(`.${below}`) || (below === name && host === name)
}

/** @param family of the host: 0 where it is a name, which is in no network */
function isWithin(network: string, host: string, family: number): boolean {
  const [address = '', bits = ''] = network.split('/')
  const own = isIP(address)
  if (own === 0 || own !== family || !/^\d{1,3}$/.test(bits) || Number(bits) > (own === 4 ? 32 : 128))
    return false
  const type = own === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(address, Number(bits), type)
  return list.check(host, type)
}
