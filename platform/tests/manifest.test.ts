import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { OWN_NAMESPACE, PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { CONTROLLERS_LEASE } from '#lib/kinds/lease.ts'
import { deploymentTrace } from '#platform/controllers/other-masters/traces.ts'
import { documentsOf, rightOf, rightsGiven } from './manifest-rights.ts'

const MANIFEST = new URL('../../deploy/controllers.yaml', import.meta.url)

test('deploy/controllers.yaml names what the code uses', async () => {
  const objects = documentsOf(await readFile(MANIFEST, 'utf8'))
  const namespaces = objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : []))
  expect(namespaces).toEqual([OWN_NAMESPACE, PLATFORM_NAMESPACE])
  const places = objects.flatMap(({ metadata }) => metadata.namespace ?? [])
  expect(new Set(places)).toEqual(new Set(namespaces))
  expect(JSON.stringify(objects)).toContain(`"resourceNames":["${CONTROLLERS_LEASE}"]`)
})

test('the Deployment of our controllers is no trace of the platform’s, wherever it is and whatever its name', async () => {
  const deployment = documentsOf(await readFile(MANIFEST, 'utf8')).find(({ kind }) => kind === 'Deployment')
  const labels = (deployment?.metadata as { labels?: Record<string, string> } | undefined)?.labels ?? {}
  const metadata = { name: 'moduleinfo-controller', namespace: PLATFORM_NAMESPACE }
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata }
  expect(deploymentTrace(object)).toBeDefined()
  expect(deploymentTrace({ ...object, metadata: { ...metadata, labels } })).toBeUndefined()
})

test('no right is given twice over, to everything, or to secrets', async () => {
  const rights = [...rightsGiven(await readFile(MANIFEST, 'utf8'))]
  expect(rights.length).toBeGreaterThan(20)
  expect(rights.filter((right) => /\*|secrets|escalate|impersonate|bind$/.test(right))).toEqual([])
})

test.each([
  ['GET /api/v1/nodes?watch=true', '/nodes watch'],
  ['GET /apis/apps/v1/namespaces/n/deployments?limit=5', 'apps/deployments list'],
  ['PUT /apis/g.io/v1/things/a/status?fieldManager=x', 'g.io/things/status update'],
  ['POST /api/v1/namespaces/n/events', '/events create'],
  ['POST /apis/authentication.k8s.io/v1/selfsubjectreviews', undefined],
  ['GET /apis/g.io/v1', undefined],
])('%s needs %s', (request, right) => {
  expect(rightOf(request)).toBe(right)
})
