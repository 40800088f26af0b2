import { afterEach, expect, test } from 'vitest'
import { createKubeClient } from './http-kube-client.ts'
import { sendJson, sendStatus, startFaultServer } from './testing/fault-server.ts'
import type { Handler } from './testing/fault-server.ts'
import { whoAmI } from './who-am-i.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

async function ask(handler: Handler) {
  const server = await startFaultServer(handler)
  const client = createKubeClient(server.config(), { cluster: 'test' })
  cleanups.push(
    () => client.close(),
    () => server.close(),
  )
  return whoAmI(client, 'from-kubeconfig')
}

test('the server tells', async () => {
  const identity = await ask((request, response) => {
    const userInfo = { username: 'ann', groups: ['system:authenticated'] }
    sendJson(response, 201, { ...(JSON.parse(request.body) as object), status: { userInfo } })
  })
  expect(identity).toEqual({ name: 'ann', groups: ['system:authenticated'], isVerified: true })
})

test.each([
  ['does not know the question', 404],
  ['forbids it', 403],
])('a server that %s leaves the name of the kubeconfig', async (_, code) => {
  const identity = await ask((_, response) => sendStatus(response, code, 'No'))
  expect(identity).toEqual({ name: 'from-kubeconfig', groups: [], isVerified: false })
})

test('an answer without a name is none', async () => {
  expect(await ask((_, response) => sendJson(response, 201, { status: {} }))).toMatchObject({
    isVerified: false,
  })
})

test('a token that is refused is an error', async () => {
  await expect(ask((_, response) => sendStatus(response, 401, 'Unauthorized'))).rejects.toMatchObject({
    name: 'UnauthorizedError',
  })
})
