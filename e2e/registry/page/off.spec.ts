import { twoPlatforms, wholePackage } from '../made-packages.ts'
import { drop, entry, expect, PAGE, step, test } from './test.ts'

test.use({ instance: 'registry-off', setup: { policy: 'off', trusts: 'nobody' } })

test('where nobody looks it is said so; a registry by an unknown authority is named as that', async ({
  page,
  stage,
}) => {
  const bytes = await wholePackage(
    { name: 'unlooked', version: 'v1.0.0' },
    { 'ait/unlooked:v1': twoPlatforms('unlooked', 20_000) },
  )
  await page.goto(PAGE)
  await expect(page.getByText('Checksums and signatures are not looked at here.')).toBeVisible()
  await drop(page, {
    'unlooked.tgz': bytes,
    'unlooked.tgz.sha256': `${'0'.repeat(64)}  unlooked.tgz\n`,
    'unlooked.tgz.sig': await stage.stranger.sign(bytes),
  })
  const row = entry(page, 'unlooked.tgz')
  await expect(step(row, 'Verify')).toContainText('Checksums and signatures are not looked at here')
  await page.getByRole('button', { name: 'Publish unlooked.tgz' }).click()
  await expect(row).toContainText('Could not be published')
  await expect(step(row, 'Push artifacts')).toContainText(
    `The certificate of ${stage.line.host} is not trusted`,
  )
  await expect(step(row, 'Push artifacts')).toContainText('REGISTRY_CA_FILE')
  await page.getByRole('link', { name: 'Inspect unlooked.tgz' }).click()
  await expect(page.getByText(`The certificate of ${stage.line.host} is not trusted`).first()).toBeVisible()
  const verification = page.getByRole('term').filter({ hasText: 'Verification' }).locator('..')
  await expect(verification).toContainText('Nobody looked')
})
