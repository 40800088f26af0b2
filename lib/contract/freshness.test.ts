import { expect, test } from 'vitest'
import { behindOf, type SourceFreshness } from './freshness.ts'

test('an answer is behind when one of the kinds that it is made of is', () => {
  const source = (kind: string, state: SourceFreshness['state']): SourceFreshness => ({
    cluster: 'global',
    kind,
    state,
    knownAt: null,
    message: null,
  })
  const sources = [
    source('Cluster', 'live'),
    source('ModuleInfo', 'stale'),
    source('Artifact', 'forbidden'),
    source('ArtifactVersion', 'absent'),
  ]
  const kindsOf = (subject: 'plugins' | 'packages') => behindOf(sources, subject).map(({ kind }) => kind)
  expect(kindsOf('plugins')).toEqual(['ModuleInfo'])
  expect(kindsOf('packages')).toEqual(['ModuleInfo', 'Artifact', 'ArtifactVersion'])
})
