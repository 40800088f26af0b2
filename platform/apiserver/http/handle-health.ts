import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SqliteStore } from '../storage/sqlite-store.ts'
import { send, sendNotFound } from './respond.ts'

const PATH = /^\/(healthz|livez|readyz)(?:\/([^/]+))?$/
const TEXT = 'text/plain; charset=utf-8'

/** What is looked at, by its name on a real server; only `readyz` wants a server that stays. */
const CHECKS: Readonly<Record<string, (store: SqliteStore) => boolean>> = {
  ping: () => true,
  log: () => true,
  etcd: (store) => store.isReadable,
}

/**
 * Answers `/healthz`, `/livez`, `/readyz` and their single checks, with `?verbose` and `?exclude=` of the real server.
 * @returns false for other paths
 */
export async function handleHealth(
  store: SqliteStore,
  path: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const [, kind, one] = PATH.exec(path) ?? []
  if (kind === undefined) return false
  if (one !== undefined) {
    const check = Object.hasOwn(CHECKS, one) ? CHECKS[one] : undefined
    if (check === undefined) await sendNotFound(request, response)
    else if (check(store)) await send(request, response, 200, TEXT, 'ok')
    else await send(request, response, 500, TEXT, `internal server error: ${one} failed\n`)
    return true
  }
  const excluded = query.getAll('exclude')
  const results = Object.entries(CHECKS).map(([name, check]) =>
    excluded.includes(name)
      ? { isFine: true, line: `[+]${name} excluded: ok` }
      : check(store)
        ? { isFine: true, line: `[+]${name} ok` }
        : { isFine: false, line: `[-]${name} failed: reason withheld` },
  )
  const isFine = results.every((result) => result.isFine)
  const report = [...results.map(({ line }) => line), `${kind} check ${isFine ? 'passed' : 'failed'}`, '']
  const text = isFine && !query.has('verbose') ? 'ok' : report.join('\n')
  await send(request, response, isFine ? 200 : 500, TEXT, text)
  return true
}
