import { createHash } from 'node:crypto'
import { pullWithSkopeo } from '#e2e/support/skopeo.ts'
import { twoPlatforms, wholePackage } from '../made-packages.ts'
import { drop, entry, expect, PAGE, step, test, USER } from './test.ts'

test.use({
  instance: 'registry-require',
  setup: { policy: 'require', login: 'token', namedBy: 'environment' },
})

test('where a known signature is required only such a package is taken; its images go in with a token', async ({
  page,
  stage,
}) => {
  const image = twoPlatforms('required', 20_000)
  const make = (name: string) => wholePackage({ name, version: 'v1.0.0' }, { 'ait/required:v1': image })
  const [good, stranger, unsigned, changed] = await Promise.all([
    make('required'),
    make('stranger'),
    make('unsigned'),
    make('changed'),
  ])
  const sum = createHash('sha256').update(good).digest('hex')
  await page.goto(PAGE)
  await expect(page.getByText('Only packages signed by a known key are taken here.')).toBeVisible()
  await drop(page, {
    'required.tgz': good,
    'required.tgz.sha256': `${sum}  required.tgz\n`,
    'required.tgz.sig': await stage.release.sign(good),
    'stranger.tgz': stranger,
    'stranger.tgz.sig': await stage.stranger.sign(stranger),
    'unsigned.tgz': unsigned,
    'unsigned.tgz.sha256': `${createHash('sha256').update(unsigned).digest('hex')}  unsigned.tgz\n`,
    'changed.tgz': changed,
    'changed.tgz.sha256': `${sum}  changed.tgz\n`,
    'changed.tgz.sig': await stage.release.sign(changed),
  })
  const refusals = [
    ['stranger.tgz', /signed by a key that is not known here/],
    ['unsigned.tgz', /has no signature; one by a known key is required here/],
    ['changed.tgz', /checksum beside the package is not that of the package/],
  ] as const
  for (const [file, words] of refusals) {
    const row = entry(page, file)
    await expect(row).toContainText('Refused')
    await expect(step(row, 'Verify')).toContainText(words)
    await expect(row.getByRole('button', { name: /^Publish/ })).toHaveCount(0)
  }
  await page.getByText('History of uploads').click()
  const history = page.getByRole('table', { name: /Uploads that are over/ })
  for (const [file, words] of refusals)
    await expect(history.getByRole('row').filter({ hasText: file })).toContainText(words)

  await page.getByRole('link', { name: 'Inspect required.tgz' }).click()
  await expect(page.getByText(`Registry: ${stage.line.host}/mirror`)).toBeVisible()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Show required v1.0.0' })).toBeVisible()
  await page.goto(`${PAGE}?q=required`)
  await page.getByRole('button', { name: /^Show the versions of/ }).click()
  const versions = page.getByRole('table', { name: /^Uploaded versions of/ })
  await expect(versions).toContainText(/Checksum matches.+Release Engineering/)
  const pulled = await pullWithSkopeo(stage.registry, 'mirror/ait/required:v1', USER)
  expect(pulled.digest).toBe(image.manifest.digest)
})
