import { describe, expect, test } from 'vitest'
import type { AboutView } from '#lib/contract/about.ts'
import { en } from '#lib/i18n/messages/en.ts'
import { zh } from '#lib/i18n/messages/zh.ts'
import { aboutText } from './about-text.ts'

const reachable = {
  state: 'reachable',
  since: '2026-11-27T09:00:00.000Z',
  answeredAt: null,
  message: null,
} as const

const view: AboutView = {
  console: { version: '0.1.0', node: 'v24.1.0', startedAt: '2026-11-27T09:00:00.000Z' },
  connection: {
    context: 'admin@test',
    cluster: 'test',
    server: 'https://api.example:6443',
    user: 'admin',
    version: 'v1.35.4',
  },
  clusterSource: {
    kind: 'kubeconfigs',
    isConfigured: true,
    gateway: null,
    kubeconfigs: ['/etc/clusters'],
    hasNamespacePrefix: false,
  },
  clusters: [
    {
      name: 'global',
      displayName: 'global',
      isGlobal: true,
      origin: '',
      address: 'https://api.example:6443',
      problem: null,
      reachability: reachable,
      version: 'v1.35.4',
    },
    {
      name: 'edge',
      displayName: 'edge',
      isGlobal: false,
      origin: '/etc/clusters/edge.yaml',
      address: null,
      problem: {
        code: 'cluster-kubeconfig-broken',
        params: { cluster: 'edge', message: 'has no current context' },
      },
      reachability: { state: 'unknown', since: null, answeredAt: null, message: null },
      version: null,
    },
  ],
  sources: [{ cluster: 'global', kind: 'ModuleInfo', state: 'live', knownAt: null, message: null }],
  crds: [{ name: 'moduleinfoes.cluster.alauda.io', state: 'missing' }],
  registry: null,
  controllers: [{ lease: 'ns/controllers', holder: 'host_1', renewedAt: null, isAtWork: true }],
  isEmbedded: false,
}

describe('the About page as text', () => {
  test('says all that the page says', () => {
    expect(aboutText(en, view, new Date('2026-11-27T10:00:00.000Z')))
      .toBe(`Plugin Marketplace · 2026-11-27T10:00:00.000Z

Connection
  Management cluster: test
  Server: https://api.example:6443
  Kubernetes version: v1.35.4
  Context of the kubeconfig: admin@test
  User: admin
  Registry for artifacts: None: artifacts are not pushed
  Console version: 0.1.0
  Node.js version: v24.1.0
  Console started: 2026-11-27T09:00:00.000Z

Where clusters come from
  Source: Kubeconfig files
  Why this source: Configured
  Kubeconfig paths: /etc/clusters

Clusters (2)
  global: v1.35.4 · Answers (2026-11-27T09:00:00.000Z) · https://api.example:6443
  edge: No way to it · Its kubeconfig can’t be used: has no current context. · /etc/clusters/edge.yaml

Resource definitions
  moduleinfoes.cluster.alauda.io: Missing

Controllers
  ns/controllers: At work · host_1

How current each source is
  global ModuleInfo: Live`)
  })

  test('in Chinese as well, and where little is known', () => {
    const text = aboutText(
      zh,
      {
        ...view,
        clusterSource: { ...view.clusterSource, kind: 'platform', kubeconfigs: [] },
        controllers: null,
      },
      new Date(0),
    )
    expect(text).toContain('管理集群: test')
    expect(text).toContain('网关: 未知：请设置 GATEWAY_URL')
    expect(text).toContain('无法读取 Lease。')
  })
})
