import { expect, test } from '#e2e/support/test.ts'
import { pluginDetail, problemOf, send } from '#e2e/support/api.ts'
import { openKubeApi } from '#e2e/support/kube-api.ts'

test.use({ instance: 'bad-input' })

const INSTALL = { cluster: 'global', plugin: 'web-cli', version: 'v4.0.4' }
const INSTALLATIONS = '/api/installations'

test.afterEach(async ({ request }) => {
  // Whatever a bad request asked for, nothing may have come of it.
  const { installations } = await pluginDetail(request, 'web-cli')
  expect(installations).toEqual([])
})

test('malformed JSON is a 400 that says so', async ({ request, baseURL }) => {
  const response = await send(request, baseURL ?? '', 'POST', INSTALLATIONS, '{"cluster": "global",')
  expect(response.status()).toBe(400)
  expect(await problemOf(response)).toMatchObject({ code: 'bad-request', requestId: expect.any(String) })
})

test('an unknown field is named', async ({ request, baseURL }) => {
  const response = await send(request, baseURL ?? '', 'POST', INSTALLATIONS, {
    ...INSTALL,
    versoin: 'v4.0.4',
  })
  expect(response.status()).toBe(422)
  const problem = await problemOf(response)
  expect(problem.errors).toContainEqual(expect.objectContaining({ path: 'versoin', code: 'unknown' }))
})

for (const body of [
  '{"cluster":"global","plugin":"web-cli","version":"v4.0.4","__proto__":{"polluted":true}}',
  '{"cluster":"global","plugin":"web-cli","version":"v4.0.4","config":{"__proto__":{"polluted":true}}}',
])
  test(`prototype keys are refused: ${body.slice(57)}`, async ({ request, baseURL }) => {
    const response = await send(request, baseURL ?? '', 'POST', INSTALLATIONS, body)
    expect([400, 422]).toContain(response.status())
    expect((await problemOf(response)).detail).not.toBe('')
  })

test('a version that does not exist is refused', async ({ request, baseURL }) => {
  const response = await send(request, baseURL ?? '', 'POST', INSTALLATIONS, {
    ...INSTALL,
    version: 'v9.9.9',
  })
  expect(response.status()).toBe(422)
  expect((await problemOf(response)).reasons).toContainEqual(
    expect.objectContaining({ code: 'version-unknown' }),
  )
})

test('unknown plugins and clusters are refused', async ({ request, baseURL }) => {
  const plugin = await send(request, baseURL ?? '', 'POST', INSTALLATIONS, {
    ...INSTALL,
    plugin: 'no-such-plugin',
  })
  expect([404, 422]).toContain(plugin.status())
  const cluster = await send(request, baseURL ?? '', 'POST', INSTALLATIONS, {
    ...INSTALL,
    cluster: 'no-such-cluster',
  })
  expect([404, 422]).toContain(cluster.status())
})

test('a cluster that does not fit is refused with the label', async ({ request, baseURL }) => {
  const response = await send(request, baseURL ?? '', 'POST', INSTALLATIONS, {
    ...INSTALL,
    cluster: 'business',
  })
  expect(response.status()).toBe(422)
  const { reasons } = await problemOf(response)
  expect(reasons).toContainEqual(
    expect.objectContaining({ params: expect.objectContaining({ key: 'is-global', cluster: 'business' }) }),
  )
})

test('writes from another origin are refused', async ({ request }) => {
  const response = await send(request, 'http://evil.example', 'POST', INSTALLATIONS, INSTALL)
  expect(response.status()).toBe(403)
  expect((await problemOf(response)).code).toBe('cross-origin')
})

test('writes that are not JSON are refused', async ({ request, baseURL }) => {
  const response = await request.post(INSTALLATIONS, {
    headers: { origin: baseURL ?? '', 'content-type': 'text/plain' },
    data: Buffer.from(JSON.stringify(INSTALL)),
  })
  expect(response.status()).toBe(415)
})

test('a host that is not ours is refused', async ({ request }) => {
  const response = await request.get('/api/session', { headers: { host: 'evil.example' } })
  expect(response.status()).toBe(421)
})

test('a stale resourceVersion is a conflict', async ({ request, baseURL }) => {
  const response = await send(request, baseURL ?? '', 'PATCH', `${INSTALLATIONS}/global/prometheus`, {
    reason: 'stale',
    config: {},
    resourceVersion: '1',
  })
  expect(response.status()).toBe(409)
  expect((await problemOf(response)).code).toBe('conflict')
})

test('a wrong token gets nothing from the embedded API', async ({ console: running }) => {
  const api = await openKubeApi(running.kubeconfig)
  const answer = await api.call('GET', '/apis/cluster.alauda.io/v1alpha1/moduleplugins', undefined, {
    authorization: 'Bearer wrong',
  })
  await api.close()
  expect(answer.status).toBe(401)
  expect(answer.body).toMatchObject({ kind: 'Status', reason: 'Unauthorized' })
})
