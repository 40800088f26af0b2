import { createHash } from 'node:crypto'
import { pullWithSkopeo } from '#e2e/support/skopeo.ts'
import type { TestImage } from '#lib/packages/testing/oci-blobs.ts'
import { twoPlatforms, wholePackage } from '../made-packages.ts'
import { choose, drop, entry, expect, PAGE, test, USER } from './test.ts'

test.use({ instance: 'registry-publishing', setup: { policy: 'warn' } })

const MIB = 1024 * 1024
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const blobsOf = ({ blobs }: TestImage) => [...new Set(blobs.map(({ digest }) => digest))].toSorted()

test('packages dropped with their checksums and signatures: each verdict on list, inspection and version', async ({
  page,
  stage,
  kubectl,
}) => {
  test.setTimeout(120_000)
  const make = (name: string) => wholePackage({ name, version: 'v1.0.0' }, {})
  const [good, bad, stranger, bare] = await Promise.all([
    make('signed-well'),
    make('signed-badly'),
    make('signed-by-stranger'),
    make('unsigned'),
  ])
  await page.goto(PAGE)
  await drop(page, {
    'signed-well.tgz': good,
    'signed-badly.tgz': bad,
    'signed-by-stranger.tgz': stranger,
    'unsigned.tgz': bare,
    'signed-well.tgz.sha256': `${sha256(good)}  signed-well.tgz\n`,
    'signed-well.tgz.sig': await stage.release.sign(good),
    'signed-badly.tgz.sha256': `${sha256(good)}  signed-badly.tgz\n`,
    'signed-badly.tgz.sig': await stage.release.sign(good),
    'signed-by-stranger.tgz.sig': await stage.stranger.sign(stranger),
    'elsewhere.tgz.sig': await stage.release.sign(good),
  })
  const signer = /signed by Release Engineering <release@example\.com> [0-9A-F]{40}/
  await expect(entry(page, 'signed-well.tgz')).toContainText('Ready to publish')
  await expect(entry(page, 'signed-well.tgz')).toContainText('with checksum, with signature')
  const verdicts = [
    ['signed-well', /Checksum matches.*Signature is good: Release Engineering <release@example\.com>/],
    ['signed-badly', /Checksum does not match.*Signature is not good/],
    ['signed-by-stranger', /Signed by an unknown key: [0-9A-F]{16}/],
  ] as const
  for (const [name, words] of verdicts) await expect(entry(page, `${name}.tgz`)).toContainText(words)
  await expect(entry(page, 'elsewhere.tgz.sig')).toContainText('dropped together with their package')
  await entry(page, 'unsigned.tgz')
    .getByText(/^Steps and/)
    .click()
  await expect(entry(page, 'unsigned.tgz')).toContainText('Neither checksum nor signature came with it')
  await entry(page, 'signed-well.tgz')
    .getByText(/^Steps and/)
    .click()
  await expect(entry(page, 'signed-well.tgz')).toContainText(signer)

  for (const [name, words] of verdicts) {
    await page.getByRole('link', { name: `Inspect ${name}.tgz` }).click()
    await expect(page.getByText('A new plugin', { exact: true })).toBeVisible()
    const verification = page.getByRole('term').filter({ hasText: 'Verification' }).locator('..')
    await expect(verification).toContainText(words)
    const doubt = page.getByText(/not what its checksum or signature says/)
    await expect(doubt).toHaveCount(name === 'signed-well' ? 0 : 1)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await expect(page.getByRole('link', { name: `Show ${name} v1.0.0` })).toBeVisible()
    await page.getByRole('link', { name: 'To all uploads' }).click()
  }
  for (const [name, words] of verdicts) {
    await page.goto(`${PAGE}?q=${name}`)
    await page.getByRole('button', { name: /^Show the versions of/ }).click()
    await expect(page.getByRole('table', { name: /^Uploaded versions of/ })).toContainText(words)
  }
  const record = await kubectl(
    'get',
    'artifactversions',
    '-n',
    'cpaas-system',
    'signed-badly.v1.0.0',
    '-o',
    'json',
  )
  expect(record).toContain(String.raw`{\"checksum\":\"failed\",\"signature\":\"failed\"`)
})

test('images for two architectures: pushed in sight of another browser, and back as they were', async ({
  page,
  stage,
  browser,
  baseURL,
}) => {
  const images = {
    'ait/imaging-server:v1': twoPlatforms('imaging server', 3 * MIB),
    'ait/imaging-agent:v1': twoPlatforms('imaging agent', MIB / 2),
  }
  const bytes = await wholePackage({ name: 'imaging', version: 'v1.0.0' }, images)
  const other = await browser.newPage({ baseURL: baseURL ?? '' })
  await other.goto(PAGE)
  await page.goto(PAGE)
  // The console asks the platform every ten seconds.
  await expect(page.getByText(`Artifacts are pushed to ${stage.line.host}.`)).toBeVisible({ timeout: 30_000 })
  await choose(page, await stage.file('imaging.tgz', bytes))
  await page.getByRole('link', { name: 'Inspect imaging.tgz' }).click()
  await expect(page.getByText(`Registry: ${stage.line.host}`)).toBeVisible()
  const plan = page.getByRole('table', { name: 'What would change' })
  for (const name of ['ait/imaging:v1.0.0', ...Object.keys(images)])
    await expect(plan.getByRole('row', { name })).toContainText('will be pushed')
  const artifacts = page.getByRole('table', { name: 'Charts and images' })
  await expect(artifacts.getByRole('row', { name: 'ait/imaging:v1.0.0' })).toContainText('Chart')
  for (const name of Object.keys(images))
    await expect(artifacts.getByRole('row', { name })).toContainText('linux/amd64, linux/arm64')

  await expect(entry(other, 'imaging.tgz')).toContainText('Ready to publish')
  stage.line.limit(1_000_000)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  for (const one of [page, other]) {
    const bar = one.getByRole('progressbar', { name: 'Publishing of imaging.tgz' })
    await expect(bar).toHaveAttribute('max', /^[7-9]\d{6}$/)
    await expect(
      one.getByText(/[\d.]+ (MB|KB|kB|MiB|KiB) of [\d.]+ \w+ · [\d.]+ \w+\/s · \d+ s left · ait\//),
    ).toBeVisible()
  }
  stage.line.limit(null)
  await expect(page.getByRole('link', { name: 'Show imaging v1.0.0' })).toBeVisible()
  await expect(page.getByText(`3 artifacts are in ${stage.line.host}`)).toBeVisible()
  // The other browser is not reloaded: the version comes to it.
  await expect(other.getByRole('row').filter({ hasText: 'imaging' }).first()).toContainText('v1.0.0')
  await other.close()

  for (const [name, image] of Object.entries(images)) {
    const pulled = await pullWithSkopeo(stage.registry, name, USER)
    expect(pulled).toEqual({ digest: image.manifest.digest, blobs: blobsOf(image) })
  }
  await page.goto('/marketplace/cluster-plugins/imaging')
  await page.getByText('Charts and images').click()
  const kept = page.getByRole('table', { name: 'Charts and images' })
  for (const name of Object.keys(images))
    await expect(kept.getByRole('row', { name })).toContainText('linux/amd64, linux/arm64')
})

test('the same version with another image: refused on the list, shown, and replaced when asked to', async ({
  page,
  stage,
}) => {
  const name = 'ait/replaced-server:v1'
  const make = (seed: string) =>
    wholePackage({ name: 'replaced', version: 'v1.0.0' }, { [name]: twoPlatforms(seed, 20_000) })
  await page.goto(PAGE)
  await choose(page, await stage.file('replaced.tgz', await make('before')))
  await page.getByRole('button', { name: 'Publish replaced.tgz' }).click()
  await expect(entry(page, 'replaced.tgz')).toContainText('Published')

  await choose(page, await stage.file('otherwise.tgz', await make('after')))
  await page.getByRole('button', { name: 'Publish otherwise.tgz' }).click()
  const row = entry(page, 'otherwise.tgz')
  await expect(row).toContainText('Could not be published')
  await expect(row).toContainText('other content')
  await expect(page.getByRole('button', { name: /Publish.+otherwise\.tgz/ })).toBeHidden()
  await page.getByRole('link', { name: 'Inspect otherwise.tgz' }).click()
  const plan = page.getByRole('table', { name: 'What would change' })
  await expect(plan.getByRole('row', { name })).toContainText('differs')
  const publish = page.getByRole('button', { name: 'Replace and publish' })
  await expect(publish).toBeDisabled()
  await page.getByRole('checkbox', { name: 'Replace what is published' }).check()
  await publish.click()
  await expect(page.getByRole('link', { name: 'Show replaced v1.0.0' })).toBeVisible()
  const pulled = await pullWithSkopeo(stage.registry, name, USER)
  expect(pulled.digest).toBe(twoPlatforms('after', 20_000).manifest.digest)
})

test('many images in a file with a hostile name: a part of them, and all when asked for', async ({
  page,
}) => {
  const names = Array.from(
    { length: 110 },
    (_, at) => `ait/organisation/component-${at}/image:v1.2.3-build.${at}`,
  )
  const images = Object.fromEntries(names.map((name) => [name, twoPlatforms(name, 100)]))
  const bytes = await wholePackage({ name: 'many-images', version: 'v1.0.0' }, images)
  const fileName = `<img src=x onerror="document.title='hit'">${'-long'.repeat(30)}.tgz`
  await page.goto(PAGE)
  await drop(page, { [fileName]: bytes })
  await expect(entry(page, fileName)).toContainText('Ready to publish')
  await page.getByRole('link', { name: `Inspect ${fileName}` }).click()
  for (const [caption, count] of [
    ['What would change', 115],
    ['Charts and images', 111],
    ['Images that the chart lists', 110],
  ] as const) {
    const table = page.getByRole('table', { name: caption })
    await expect(table.getByRole('row')).toHaveCount(13)
    await page.getByRole('button', { name: `Show all ${count}` }).click()
    await expect(table.getByRole('row')).toHaveCount(count + 1)
  }
  await expect(page.locator('img[src="x"]')).toHaveCount(0)
  await expect(page).not.toHaveTitle(/^hit/)
  // Nothing is wider than the page.
  await page.setViewportSize({ width: 420, height: 800 })
  const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(await isWide()).toBe(false)
  await page.goto(PAGE)
  await expect(entry(page, fileName)).toBeVisible()
  expect(await isWide()).toBe(false)
})
