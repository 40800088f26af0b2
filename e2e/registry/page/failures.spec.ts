import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pullWithSkopeo } from '#e2e/support/skopeo.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { twoPlatforms, wholePackage } from '../made-packages.ts'
import { changeRegistryLogin } from '../name-registry.ts'
import { watchForSecrets } from './secrets.ts'
import { choose, entry, expect, PAGE, step, test, USER } from './test.ts'

test.use({ instance: 'registry-failures', setup: { policy: 'warn' } })

const MIB = 1024 * 1024
/** A registry is waited for before a push fails, and a connection that broke may be noticed late. Milliseconds. */
const PATIENCE = { timeout: 60_000 }

test.afterEach(async ({ stage }) => {
  stage.line.limit(null)
  await stage.line.mend()
})

test('a registry that is down at the start: said on the step; up again, publishing again completes', async ({
  page,
  stage,
  kubectl,
}) => {
  const name = 'ait/down-server:v1'
  const image = twoPlatforms('down', 20_000)
  const bytes = await wholePackage({ name: 'down', version: 'v1.0.0' }, { [name]: image })
  await page.goto(PAGE)
  await choose(page, await stage.file('down.tgz', bytes))
  await expect(entry(page, 'down.tgz')).toContainText('Ready to publish')
  await stage.line.cut()
  await page.getByRole('button', { name: 'Publish down.tgz' }).click()
  const row = entry(page, 'down.tgz')
  await expect(row).toContainText('Could not be published')
  await expect(step(row, 'Push artifacts')).toContainText(`${stage.line.host} can’t be reached`)
  await expect(step(row, 'Push artifacts')).toContainText('Publish again once it answers')
  expect(
    await kubectl('get', 'moduleplugins,moduleconfigs,artifactversions', '-A', '-o', 'name'),
  ).not.toContain('down')

  await page.getByRole('link', { name: 'Inspect down.tgz' }).click()
  await expect(page.getByText('The registry could not be asked')).toBeVisible()
  await stage.line.mend()
  // Nobody reloads: the page notices.
  await expect(page.getByText('The registry could not be asked')).toBeHidden()
  const plan = page.getByRole('table', { name: 'What would change' })
  await expect(plan.getByRole('row', { name })).toContainText('will be pushed')
  await page.getByRole('button', { name: 'Publish again' }).click()
  await expect(page.getByRole('link', { name: 'Show down v1.0.0' })).toBeVisible()
  expect((await pullWithSkopeo(stage.registry, name, USER)).digest).toBe(image.manifest.digest)
})

test('a registry that goes away in the middle is waited for, then given up, and the rest follows', async ({
  page,
  stage,
  kubectl,
}) => {
  test.setTimeout(240_000)
  const images = Object.fromEntries(
    ['one', 'two', 'three'].map((part) => [`ait/middle-${part}:v1`, twoPlatforms(`middle ${part}`, MIB)]),
  )
  const bytes = await wholePackage({ name: 'middle', version: 'v1.0.0' }, images)
  const blobs = Object.values(images).flatMap((image) => image.blobs)
  const total = blobs.reduce((sum, blob) => sum + blob.bytes.length, 0)
  await page.goto(PAGE)
  await choose(page, await stage.file('middle.tgz', bytes))
  const row = entry(page, 'middle.tgz')
  stage.line.limit(1_500_000)
  await page.getByRole('button', { name: 'Publish middle.tgz' }).click()
  await expect.poll(() => stage.line.sent).toBeGreaterThan(2 * MIB)
  await stage.line.cut()
  await expect(step(row, 'Push artifacts')).toContainText('trying again', PATIENCE)
  await expect(row).toContainText('Could not be published', PATIENCE)
  await expect(step(row, 'Push artifacts')).toContainText(`${stage.line.host} can’t be reached`)
  expect(await kubectl('get', 'moduleplugins,moduleconfigs', '-A', '-o', 'name')).not.toContain('middle')

  await stage.line.mend()
  const before = stage.line.sent
  await page.getByRole('button', { name: 'Publish again: middle.tgz' }).click()
  await expect.poll(() => stage.line.sent).toBeGreaterThan(before + MIB / 2)
  // Back before it is given up: nobody has to do anything.
  await stage.line.cut()
  await expect(step(row, 'Push artifacts')).toContainText('trying again', PATIENCE)
  await stage.line.mend()
  stage.line.limit(null)
  await expect(row).toContainText('Published', PATIENCE)
  // What had arrived was not sent again.
  expect(stage.line.sent - before).toBeLessThan(total)
  for (const [name, image] of Object.entries(images))
    expect((await pullWithSkopeo(stage.registry, name, USER)).digest).toBe(image.manifest.digest)
})

test('a wrong password is said to be that, and no password leaves the console', async ({
  page,
  stage,
  kubectl,
  console: running,
}) => {
  const wrong = { name: USER.name, password: 'wrong <pass> & "word"' }
  const expectNoSecrets = watchForSecrets(page, [USER, wrong])
  const client = createKubeClient(loadKubeconfig(running.kubeconfig), { cluster: GLOBAL_CLUSTER })
  await changeRegistryLogin(client, wrong)
  const bytes = await wholePackage(
    { name: 'locked', version: 'v1.0.0' },
    { 'ait/locked:v1': twoPlatforms('locked', 20_000) },
  )
  await page.goto(PAGE)
  await choose(page, await stage.file('locked.tgz', bytes))
  await page.getByRole('link', { name: 'Inspect locked.tgz' }).click()
  await expect(page.getByText('does not accept these credentials')).toBeVisible()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(step(page, 'Push artifacts')).toContainText(
    `https://${stage.line.host} does not accept these credentials`,
  )
  await expect(step(page, 'Push artifacts')).toContainText('Secret registry-admin')
  await changeRegistryLogin(client, USER)
  await client.close()
  await page.getByRole('button', { name: 'Publish again' }).click()
  await expect(page.getByRole('link', { name: 'Show locked v1.0.0' })).toBeVisible()

  const uploads = join(running.dataDir, 'uploads')
  const records = (await readdir(uploads)).map((id) => readFile(join(uploads, id, 'record.json'), 'utf8'))
  const objects = await kubectl(
    'get',
    'moduleplugins,moduleconfigs,artifacts,artifactversions',
    '-A',
    '-o',
    'json',
  )
  const told = await (await page.request.get('/api/uploads')).text()
  expect(told).toContain('locked.tgz')
  await expectNoSecrets(running.log(), objects, told, ...(await Promise.all(records)))
  await page.goto(PAGE)
  await page.getByText('History of uploads').click()
  await expectNoSecrets()
})

test('a push that is cancelled ends, and nothing is published', async ({
  page,
  stage,
  kubectl,
  console: running,
}) => {
  const bytes = await wholePackage(
    { name: 'cancelled', version: 'v1.0.0' },
    { 'ait/cancelled:v1': twoPlatforms('cancelled', 3 * MIB) },
  )
  await page.goto(PAGE)
  await choose(page, await stage.file('cancelled.tgz', bytes))
  stage.line.limit(300_000)
  await page.getByRole('button', { name: 'Publish cancelled.tgz' }).click()
  await expect(page.getByText(/s left · ait\/cancelled:v1/)).toBeVisible()
  const { items } = (await (await page.request.get('/api/uploads')).json()) as {
    items: { id: string; fileName: string }[]
  }
  const id = items.find(({ fileName }) => fileName === 'cancelled.tgz')?.id ?? ''
  await page.getByRole('button', { name: 'Cancel cancelled.tgz' }).click()
  await expect(entry(page, 'cancelled.tgz')).toContainText('Cancelled')
  await expect.poll(() => readdir(join(running.dataDir, 'uploads', id))).toEqual(['record.json'])
  expect(await kubectl('get', 'moduleplugins,moduleconfigs', '-A', '-o', 'name')).not.toContain('cancelled')
  await expect(pullWithSkopeo(stage.registry, 'ait/cancelled:v1', USER)).rejects.toThrow(/manifest unknown/)
})
