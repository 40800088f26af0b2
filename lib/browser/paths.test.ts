import { describe, expect, test } from 'vitest'
import {
  closeDialogHref,
  clusterPath,
  dialogHref,
  dialogOf,
  PATHS,
  pluginPath,
  segmentText,
} from './paths.ts'

const dialogIn = (address: string) => dialogOf(new URLSearchParams(address.split('?')[1]))

describe('dialogHref', () => {
  test('opens over the page and keeps its query', () => {
    const address = dialogHref('/clusters/business?tab=features', {
      dialog: 'upgrade',
      plugin: 'web-cli',
      cluster: 'business',
      version: 'v4.0.4',
    })
    expect(address.startsWith('/clusters/business?tab=features&')).toBe(true)
    expect(dialogIn(address)).toEqual({
      dialog: 'upgrade',
      plugin: 'web-cli',
      cluster: 'business',
      version: 'v4.0.4',
    })
    expect(closeDialogHref(address)).toBe('/clusters/business?tab=features')
  })

  test('one dialog replaces another', () => {
    const first = dialogHref('/clusters', { dialog: 'install', plugin: 'a', cluster: 'x', version: 'v1' })
    expect(dialogIn(dialogHref(first, { dialog: 'uninstall', plugin: 'b', cluster: 'y' }))).toEqual({
      dialog: 'uninstall',
      plugin: 'b',
      cluster: 'y',
    })
  })

  test('the list keeps the cluster that it shows', () => {
    const list = '/marketplace/cluster-plugins?cluster=edge&q=gpu'
    const open = dialogHref(list, { dialog: 'install', plugin: 'gpu', cluster: 'edge' })
    expect(closeDialogHref(open)).toBe(list)
    const usual = dialogHref(PATHS.clusterPlugins, { dialog: 'install', plugin: 'gpu', cluster: 'global' })
    expect(closeDialogHref(usual)).toBe(PATHS.clusterPlugins)
  })
})

test('what is no dialog opens none', () => {
  expect(dialogIn('/x?dialog=delete&plugin=a')).toBeNull()
  expect(dialogIn('/x?dialog=install')).toBeNull()
  expect(dialogIn('/x')).toBeNull()
})

test('all clusters means that the cluster is still to be picked', () => {
  expect(dialogIn('/x?dialog=install&plugin=a&cluster=*')).toEqual({
    dialog: 'install',
    plugin: 'a',
    cluster: '',
  })
})

test('strange names stay one segment', () => {
  expect(pluginPath('a/../b?c')).toBe('/marketplace/cluster-plugins/a%2F..%2Fb%3Fc')
  expect(segmentText('a%2Fb')).toBe('a/b')
  expect(segmentText('%E0%A4')).toBe('%E0%A4')
  expect(clusterPath('ü', 'features')).toBe('/clusters/%C3%BC?tab=features')
})
