import { expect, test } from 'vitest'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { installationName } from '../installation-name.ts'
import { isAccepted, PLACE, placeFor, placeKey } from './place.ts'

const info = (name: string, metadata: Partial<ModuleInfo['metadata']> = {}, version = ''): ModuleInfo => ({
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModuleInfo',
  metadata: { name, labels: { 'cpaas.io/cluster-name': 'c', 'cpaas.io/module-name': 'p' }, ...metadata },
  spec: { version: 'v1.0.0' },
  status: { phase: '', version },
})
const finalizers = ['moduleinfo']

test('the final name has the cluster and 32 digits that follow from cluster and plugin alone', () => {
  expect(installationName('c', 'p')).toMatch(/^c-[0-9a-f]{32}$/)
  expect(installationName('c', 'p')).toBe(installationName('c', 'p'))
  expect(installationName('c', 'q')).not.toBe(installationName('c', 'p'))
})

test('accepted is what has the finalizer and a name that is final', () => {
  const name = installationName('c', 'p')
  expect(isAccepted(info(name, { finalizers }))).toBe(true)
  expect(isAccepted(info(name))).toBe(false)
  expect(isAccepted(info('c-temporary', { finalizers }))).toBe(false)
})

test('what another platform named stays an installation while it runs something', () => {
  const foreign = `c-${'0'.repeat(32)}`
  expect(isAccepted(info(foreign, { finalizers }, 'v1.0.0'))).toBe(true)
  expect(isAccepted(info(foreign, { finalizers }))).toBe(false)
})

test('the noted place counts only on the object that has its name', () => {
  const labels = { 'cpaas.io/cluster-name': 'c', 'cpaas.io/module-name': 'edited' }
  const annotations = { [PLACE]: 'c/p' }
  expect(placeFor(info(installationName('c', 'p'), { labels, annotations }))).toEqual({
    cluster: 'c',
    plugin: 'p',
  })
  expect(placeFor(info('other', { labels, annotations }))).toEqual({ cluster: 'c', plugin: 'edited' })
  expect(placeKey(info('other', { labels: {} }))).toBe('?other')
})
