import { expect, test } from '#e2e/support/test.ts'
import { action, listUrl, pluginRow } from '#e2e/support/pages.ts'
import { openKubeApi } from '#e2e/support/kube-api.ts'

test.use({ instance: 'kubectl' })

const HTML = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="top.document.title=3"><script>top.document.title=4</script></svg>`

test('texts and logos of strangers stay texts and pictures', async ({ page, console: running }) => {
  const api = await openKubeApi(running.kubeconfig)
  const path = '/apis/cluster.alauda.io/v1alpha1/moduleplugins'
  const created = await api.call('POST', path, {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModulePlugin',
    metadata: {
      name: 'stranger',
      labels: { 'cpaas.io/module-name': 'stranger', 'cpaas.io/module-type': 'plugin' },
      annotations: { 'cpaas.io/display-name': `{"en": "${HTML}` },
    },
    spec: {
      name: 'stranger',
      version: 'v1.0.0',
      deleteable: true,
      description: { en: HTML, zh: HTML },
      logo: `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`,
      entrypointTemplate: 'javascript:document.title=5',
      deleteRiskDescriptionEn: HTML,
    },
  })
  expect(created.status).toBe(201)
  try {
    await page.goto(listUrl('global', 'stranger'))
    const row = pluginRow(page, 'stranger')
    await expect(row).toContainText('onerror=')
    await page.goto('/marketplace/cluster-plugins/stranger')
    await expect(page.getByText('onerror=').first()).toBeVisible()
    await expect(page.locator('script:not([nonce]):not([src])')).toHaveCount(0)
    await expect(page.locator('img[src=x]')).toHaveCount(0)
    await expect(page.locator('a[href^="javascript:"]')).toHaveCount(0)
    expect(await page.title()).not.toMatch(/^[1-5]$/)
    const logo = await page.request.get('/api/plugins/stranger/logo')
    if (logo.ok()) expect(logo.headers()['content-security-policy']).toContain('sandbox')
  } finally {
    await api.call('DELETE', `${path}/stranger`)
    await api.close()
  }
})

test('the longest texts stay within their place on a narrow screen', async ({ page, console: running }) => {
  const api = await openKubeApi(running.kubeconfig)
  const name = `long-${'very-'.repeat(10)}name`
  const version = `v1.2.3-${'alpha.'.repeat(8)}20260101`
  const kinds = '/apis/cluster.alauda.io/v1alpha1'
  const created = await api.call('POST', `${kinds}/moduleplugins`, {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModulePlugin',
    metadata: {
      name,
      labels: { 'cpaas.io/module-name': name, 'cpaas.io/module-type': 'plugin' },
      annotations: { 'cpaas.io/display-name': 'Long'.repeat(30) },
    },
    spec: {
      name,
      version,
      deleteable: true,
      description: { en: 'Long'.repeat(60), zh: '' },
      logo: '',
      mainChart: 'ait/long',
      appReleases: [
        { name: 'long', chartVersions: [{ name: 'ait/long', releaseName: 'long', version: 'v1' }] },
      ],
    },
  })
  expect(created.status).toBe(201)
  try {
    await page.setViewportSize({ width: 420, height: 900 })
    const tooWide = () =>
      page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('[data-plugin], h1')]
          .filter((element) => element.scrollWidth > element.clientWidth)
          .map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`),
      )
    await page.goto(listUrl('global', name))
    await expect(pluginRow(page, name)).toContainText(version)
    expect(await tooWide()).toEqual([])
    await page.goto(`/marketplace/cluster-plugins/${name}`)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('LongLong')
    expect(await tooWide()).toEqual([])
    await page.goto('/clusters/business?tab=features')
    await expect(pluginRow(page, name)).toContainText(version)
    expect(await tooWide()).toEqual([])
    await expect(action(pluginRow(page, 'prometheus'), 'Upgrade')).toBeInViewport()
  } finally {
    await api.call('DELETE', `${kinds}/moduleplugins/${name}`)
    await api.close()
  }
})
