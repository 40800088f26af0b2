import { expect, test } from 'vitest'
import type { Cluster } from '#lib/kinds/cluster.ts'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import { completeMetadata } from './complete-metadata.ts'

const INFO: ModuleInfo = {
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModuleInfo',
  metadata: { name: 'edge-x', labels: {} },
  spec: { version: 'v1.0.0' },
}

function ownersOn(metadata: Cluster['metadata']) {
  const { name, labels = {} } = metadata
  const object: Cluster = { apiVersion: 'platform.tkestack.io/v1', kind: 'Cluster', metadata }
  const place = { cluster: name, plugin: 'web-cli' }
  return completeMetadata(INFO, place, { name, labels, type: '', object }, undefined).ownerReferences
}

test('an installation is owned by the platform’s object of its workload cluster', () => {
  expect(ownersOn({ name: 'edge', uid: 'u1' })).toEqual([
    { apiVersion: 'platform.tkestack.io/v1', kind: 'Cluster', name: 'edge', uid: 'u1' },
  ])
})

test('and by nobody where the cluster is no object of the platform, or is the global one', () => {
  // A cluster of Cluster API is namespaced: nothing cluster-scoped may be owned by it.
  expect(ownersOn({ name: 'edge' })).toEqual([])
  expect(ownersOn({ name: 'global', uid: 'u2' })).toEqual([])
  expect(ownersOn({ name: 'management', uid: 'u3', labels: { 'is-global': 'true' } })).toEqual([])
})
