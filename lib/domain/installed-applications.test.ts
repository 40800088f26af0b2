import { expect, test } from 'vitest'
import type { ModuleInfo } from '#lib/kinds/module-info.ts'
import type { ModulePlugin } from '#lib/kinds/module-plugin.ts'
import { installedApplications } from './installed-applications.ts'

const API = 'cluster.alauda.io/v1alpha1'

function plugin(name: string, displayName: string): ModulePlugin {
  return {
    apiVersion: API,
    kind: 'ModulePlugin',
    metadata: { name, annotations: { 'cpaas.io/display-name': displayName } },
    spec: {} as ModulePlugin['spec'],
  }
}

function info(
  name: string,
  cluster: string,
  version: string,
  running?: string,
  objectName = `${cluster}-x`,
): ModuleInfo {
  return {
    apiVersion: API,
    kind: 'ModuleInfo',
    metadata: {
      name: objectName,
      labels: {
        'cpaas.io/module-name': name,
        'cpaas.io/cluster-name': cluster,
        'cpaas.io/module-type': 'plugin',
      },
    },
    spec: { version },
    ...(running !== undefined && { status: { phase: 'Running', version: running } }),
  }
}

const MODULE_PLUGINS = [plugin('web-cli', '{"en":"Web Terminal","zh":"终端"}'), plugin('idle', 'Idle')]

test('lists plugins by name, with what runs where', () => {
  const moduleInfos = [
    info('web-cli', 'global', 'v2.0.0', 'v1.0.0'),
    info('web-cli', 'edge', 'v1.0.0'),
    info('stray', 'edge', 'v3.0.0', ''),
  ]
  expect([...installedApplications({ modulePlugins: MODULE_PLUGINS, moduleInfos })]).toEqual([
    ['idle', { displayName: 'Idle', type: 'ModulePlugin', installed: [] }],
    [
      'stray',
      { displayName: 'stray', type: 'ModulePlugin', installed: [{ clusterName: 'edge', version: 'v3.0.0' }] },
    ],
    [
      'web-cli',
      {
        displayName: 'Web Terminal',
        type: 'ModulePlugin',
        installed: [
          { clusterName: 'edge', version: 'v1.0.0' },
          { clusterName: 'global', version: 'v1.0.0' },
        ],
      },
    ],
  ])
})

test('a place counts once, and its installation before a request that was refused', () => {
  const moduleInfos = [
    info('web-cli', 'edge', 'v9.0.0', undefined, 'edge-temporary-name'),
    info('web-cli', 'edge', 'v1.0.0', 'v1.0.0', `edge-${'0'.repeat(32)}`),
  ]
  const [[, found] = []] = [...installedApplications({ modulePlugins: [], moduleInfos })]
  expect(found?.installed).toEqual([{ clusterName: 'edge', version: 'v1.0.0' }])
})

test('only the clusters that were asked for', () => {
  const moduleInfos = [info('web-cli', 'global', 'v1.0.0'), info('idle', 'edge', 'v1.0.0')]
  const found = installedApplications({ modulePlugins: MODULE_PLUGINS, moduleInfos }, ['edge'])
  expect([...found.keys()]).toEqual(['idle'])
})

test('a plugin may be called like a property of every object', () => {
  const moduleInfos = [info('__proto__', 'edge', 'v1'), info('constructor', 'edge', 'v1')]
  const found = installedApplications({ modulePlugins: [], moduleInfos })
  expect(Object.keys(Object.fromEntries(found))).toEqual(['__proto__', 'constructor'])
})
