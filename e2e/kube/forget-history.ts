import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import type { AttachedProcess } from './attached-process.ts'

const START_TIMEOUT_MS = 60_000
const PUT = { key: base64('tests/age'), value: base64('some') }
/** More than the revisions that tests ask for as long gone. */
const PUTS = 10

/**
 * Waits for etcd and gives it a past that it has forgotten, before any API server reads it: the first revisions are
 * gone then as on every server in use, while a new one would know all of them.
 * @param port of etcd's client API on 127.0.0.1
 * @throws when it ends, or does not answer within a minute
 */
export async function forgetHistory(store: AttachedProcess, port: number): Promise<void> {
  let hasEnded = false
  void store.ended.then(() => (hasEnded = true))
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!(await answers(port))) {
    if (hasEnded) throw new Error('etcd ended at its start')
    if (Date.now() > deadline) throw new Error('etcd does not answer')
    await sleep(50)
  }
  let revision = ''
  for (let count = 0; count < PUTS; count++) revision = (await call(port, 'put', PUT)).header.revision
  await call(port, 'compaction', { revision, physical: true })
}

async function answers(port: number): Promise<boolean> {
  return call(port, 'range', { key: PUT.key }).then(
    () => true,
    () => false,
  )
}

async function call(port: number, verb: string, body: object): Promise<{ header: { revision: string } }> {
  const answer = await request(`http://127.0.0.1:${port}/v3/kv/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    headersTimeout: 10_000,
  })
  const text = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`etcd, ${verb}: ${answer.statusCode} ${text}`)
  return JSON.parse(text) as { header: { revision: string } }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
