import { request } from 'undici'

/** The key 0, in the base64 of etcd's JSON. */
const SOME_KEY = 'AA=='

/**
 * Lets etcd forget every revision before the present one, as it does by itself after some minutes: a server that has
 * just started would still know the very first ones, which clients of a server in use never find.
 * @param port of etcd's client API on 127.0.0.1
 */
export async function forgetHistory(port: number): Promise<void> {
  const { header } = (await call(port, 'range', { key: SOME_KEY })) as { header: { revision: string } }
  await call(port, 'compaction', { revision: header.revision, physical: true })
}

async function call(port: number, verb: string, body: object): Promise<unknown> {
  const answer = await request(`http://127.0.0.1:${port}/v3/kv/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`etcd, ${verb}: ${answer.statusCode} ${text}`)
  return JSON.parse(text) as unknown
}
