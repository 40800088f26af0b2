import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { startApiServer } from '#e2e/support/api-server.ts'
import { kubectl } from '#e2e/support/kubectl.ts'
import { startConsole } from '#e2e/support/start-console.ts'
import { expectAccessible } from '#e2e/support/test.ts'

const CRDS = resolve(import.meta.dirname, '../../crds')

test('an empty Kubernetes: the page says what is missing, one command installs it, and the page comes alive', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000)
  const crds = await mkdtemp(join(tmpdir(), 'no-crds-'))
  const server = await startApiServer({ clusters: 'global', crds })
  const running = await startConsole(['--kubeconfig', server.kubeconfig])
  try {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: running.url })
    await page.goto(running.url)
    const notice = page.getByRole('region', { name: /plugin resources are not installed/ })
    await expect(notice).toBeVisible()
    await expect(page.getByText('0 plugins')).toBeVisible()
    await expect(page.getByText('No plugins yet')).toHaveCount(0)
    await expectAccessible(page, 'no definitions')
    await notice.getByRole('button', { name: 'Copy the command' }).click()
    const command = await page.evaluate(() => navigator.clipboard.readText())
    expect(command).toBe('kubectl apply -f crds/')
    await notice.getByText(/^\d missing$/).click()
    await expect(notice).toContainText('moduleinfoes.cluster.alauda.io')
    await page.evaluate(() => {
      document.documentElement.dataset['sameDocument'] = 'yes'
    })

    await kubectl(['--kubeconfig', server.kubeconfig, ...command.split(' ').slice(1, 3), CRDS])
    await expect(notice).toBeHidden({ timeout: 30_000 })
    await expect(page.getByText('No plugins yet')).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('data-same-document', 'yes')
    // The definition of the platform's clusters came along and holds none: this stays plain Kubernetes.
    await page.goto(`${running.url}/about`)
    await expect(page.getByText('Plain Kubernetes: there is just this one')).toBeVisible()
    await expect(page.getByText('Missing')).toHaveCount(0)
    await expect(page.locator('tr[data-cluster=global]')).toContainText('Answers')
  } finally {
    await running.stop()
    await server[Symbol.asyncDispose]()
    await rm(crds, { recursive: true })
  }
})
