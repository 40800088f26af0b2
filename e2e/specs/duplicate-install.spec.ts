import { expect, test } from '#e2e/support/test.ts'
import { pluginDetail, send } from '#e2e/support/api.ts'

test.use({ instance: 'bad-input' })

test('twice the same plugin from two browsers at once makes one installation', async ({
  request,
  baseURL,
  kubectl,
}) => {
  const body = { cluster: 'global', plugin: 'web-cli', version: 'v4.0.4', config: {} }
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => send(request, baseURL ?? '', 'POST', '/api/installations', body)),
  )
  const statuses = answers.map((answer) => answer.status()).toSorted((a, b) => a - b)
  expect(statuses).toEqual([201, 409, 409, 409])
  await expect
    .poll(async () => (await pluginDetail(request, 'web-cli')).installations.map(({ status }) => status))
    .toEqual(['Running'])
  const names = await kubectl('get', 'moduleinfo', '-l', 'cpaas.io/module-name=web-cli', '-o', 'name')
  expect(names.trim().split('\n')).toHaveLength(1)

  const again = await send(request, baseURL ?? '', 'POST', '/api/installations', body)
  expect(again.status()).toBe(409)
  const removed = await send(request, baseURL ?? '', 'DELETE', '/api/installations/global/web-cli', {})
  expect([200, 202, 204]).toContain(removed.status())
  await expect.poll(async () => (await pluginDetail(request, 'web-cli')).installations).toEqual([])
})
