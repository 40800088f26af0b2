import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ClusterSettingsError, readClusterSettings } from './cluster-settings.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'settings-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true })
})

function file(name: string, text = ''): string {
  writeFileSync(join(directory, name), text)
  return join(directory, name)
}

test('nothing said is nothing set', () => {
  expect(readClusterSettings({})).toEqual({})
  expect(readClusterSettings({ CLUSTER_SOURCE: ' ', GATEWAY_URL: '' })).toEqual({})
  expect(readClusterSettings({ CLUSTER_SOURCE: 'auto', CLUSTER_NAME_PREFIX: 'none' })).toEqual({})
})

test('the environment is read', () => {
  const ca = file('ca.pem', '-----BEGIN CERTIFICATE-----\n')
  expect(
    readClusterSettings({
      CLUSTER_SOURCE: 'platform',
      GATEWAY_URL: 'https://platform.example/',
      GATEWAY_CA_FILE: ca,
      CLUSTER_NAME_PREFIX: '<namespace>-',
    }),
  ).toEqual({
    source: 'platform',
    gateway: 'https://platform.example/',
    gatewayCaFile: ca,
    naming: 'namespace-name',
  })
})

test('options win over the environment; paths are made absolute, lists taken apart', () => {
  const one = file('one.yaml')
  const two = file('two.yaml')
  const environment = { CLUSTER_KUBECONFIGS: `${one}${delimiter}${two}${delimiter}${one}` }
  expect(readClusterSettings(environment)).toEqual({ kubeconfigs: [one, two] })
  const flags = { clusters: [relative(process.cwd(), two), directory] }
  expect(readClusterSettings(environment, flags)).toEqual({ kubeconfigs: [two, directory] })
})

describe('what makes no sense is named', () => {
  test.each([
    [
      { CLUSTER_SOURCE: 'magic' },
      {},
      "CLUSTER_SOURCE must be platform, cluster-api, kubeconfigs, plain or auto, not 'magic'",
    ],
    [
      {},
      { 'cluster-source': '' },
      "--cluster-source must be platform, cluster-api, kubeconfigs, plain or auto, not ''",
    ],
    [{ CLUSTER_SOURCE: 'kubeconfigs' }, {}, 'the source kubeconfigs needs --clusters or CLUSTER_KUBECONFIGS'],
    [{ CLUSTER_KUBECONFIGS: '/no/where' }, {}, 'CLUSTER_KUBECONFIGS: /no/where: no such file or folder'],
    [{}, { clusters: ['/no/where'] }, '--clusters: /no/where: no such file or folder'],
    [{ GATEWAY_URL: 'ftp://x' }, {}, 'GATEWAY_URL must be an http(s) address'],
    [{}, { gateway: 'platform.example' }, '--gateway must be an http(s) address'],
    [{ GATEWAY_CA_FILE: '/no/where' }, {}, 'GATEWAY_CA_FILE: /no/where: no such file'],
    [{ CLUSTER_NAME_PREFIX: 'a-' }, {}, "CLUSTER_NAME_PREFIX must be namespace or none, not 'a-'"],
  ])('%j %j', (env, flags, message) => {
    expect(() => readClusterSettings(env, flags)).toThrow(new ClusterSettingsError(message))
  })

  test('kubeconfigs beside another source; a CA file without a certificate', () => {
    const kubeconfigs = { CLUSTER_KUBECONFIGS: file('one.yaml'), CLUSTER_SOURCE: 'platform' }
    expect(() => readClusterSettings(kubeconfigs)).toThrow('the source of clusters is to be platform')
    const ca = file('ca.pem', 'a key')
    expect(() => readClusterSettings({ GATEWAY_CA_FILE: ca })).toThrow(`${ca}: has no certificate in it`)
  })
})
