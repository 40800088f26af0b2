import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { describeConfig, KubeconfigError, loadInClusterConfig, loadKubeconfig } from './load-config.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kubeconfig-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true })
  vi.unstubAllEnvs()
})

function write(name: string, content: unknown): string {
  const file = join(directory, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

function kubeconfig(name: string, overrides: Record<string, unknown> = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: `https://${name}.example:6443` } }],
    users: [{ name: `${name}-admin`, user: { token: 'secret-token' } }],
    contexts: [{ name, context: { cluster: name, user: `${name}-admin` } }],
    'current-context': name,
    ...overrides,
  }
}

describe('loadKubeconfig', () => {
  test('reads a file and tells what may be shown', () => {
    const config = loadKubeconfig(write('config', kubeconfig('one')))
    expect(describeConfig(config)).toEqual({
      context: 'one',
      cluster: 'one',
      server: 'https://one.example:6443',
      user: 'one-admin',
    })
  })

  test('never shows credentials inside the address', () => {
    const clusters = [{ name: 'one', cluster: { server: 'https://me:pass@host/base/?token=x' } }]
    const config = loadKubeconfig(write('config', kubeconfig('one', { clusters })))
    expect(describeConfig(config).server).toBe('https://host/base')
  })

  test.each([
    ['is empty', '', /is not a kubeconfig/],
    ['is a list', '[1]', /is not a kubeconfig/],
    ['is broken YAML', 'users:\n- name: a\n  user: {token: hidden-token\n', /not valid YAML, line \d/],
    ['has no context', kubeconfig('one', { 'current-context': undefined }), /has no current context/],
    ['names another context', kubeconfig('one', { 'current-context': 'two' }), /has no context "two"/],
    ['lacks the cluster', kubeconfig('one', { clusters: [] }), /has no cluster "one", which context "one"/],
    ['lacks the user', kubeconfig('one', { users: [] }), /has no user "one-admin"/],
    [
      'lacks the server',
      kubeconfig('one', { clusters: [{ name: 'one', cluster: {} }] }),
      /server is missing/,
    ],
    [
      'has a server that is none',
      kubeconfig('one', { clusters: [{ name: 'one', cluster: { server: 'ftp://x' } }] }),
      /not an http\(s\) address/,
    ],
    [
      'has a proxy we do not speak to',
      kubeconfig('one', {
        clusters: [{ name: 'one', cluster: { server: 'https://x', 'proxy-url': 'socks5://y' } }],
      }),
      /the proxy-url of cluster "one" is not/,
    ],
  ])('says in one line when it %s', (_, content, message) => {
    const file = write('config', content)
    const load = () => loadKubeconfig(file)
    expect(load).toThrow(KubeconfigError)
    expect(load).toThrow(message)
    expect(load).not.toThrow(/\n|hidden-token|secret-token/)
    expect(load).toThrow(file)
  })

  test('says when there is no such file, or it is a directory', () => {
    expect(() => loadKubeconfig(join(directory, 'none'))).toThrow(/none: no such file/)
    expect(() => loadKubeconfig(directory)).toThrow(/is a directory/)
  })

  test('merges the files of KUBECONFIG: the first one wins, a missing one is skipped', () => {
    const first = write('first', kubeconfig('one'))
    const second = write('second', {
      ...kubeconfig('two'),
      clusters: [
        { name: 'one', cluster: { server: 'https://other' } },
        { name: 'two', cluster: { server: 'https://two' } },
      ],
    })
    vi.stubEnv('KUBECONFIG', [join(directory, 'missing'), first, second].join(delimiter))
    const config = loadKubeconfig()
    expect(describeConfig(config)).toMatchObject({ context: 'one', server: 'https://one.example:6443' })
    config.currentContext = 'two'
    expect(describeConfig(config)).toMatchObject({ server: 'https://two', user: 'two-admin' })
  })

  test('falls back to the file in the home directory', () => {
    vi.stubEnv('KUBECONFIG', '')
    vi.stubEnv('HOME', directory)
    expect(() => loadKubeconfig()).toThrow(join(directory, '.kube', 'config'))
  })

  test('finds what a kubeconfig names relative to itself', () => {
    const users = [
      { name: 'one-admin', user: { tokenFile: 'token', token: 'old', 'client-certificate': 'tls.crt' } },
      { name: 'other', user: { exec: { command: './plugin', apiVersion: 'v1' } } },
    ]
    const config = loadKubeconfig(write('config', kubeconfig('one', { users })))
    expect(config.getCurrentUser()).toMatchObject({
      authProvider: { config: { tokenFile: join(directory, 'token') } },
      certFile: join(directory, 'tls.crt'),
    })
    expect(config.getCurrentUser()?.token).toBeUndefined()
    expect(config.getUsers().find(({ name }) => name === 'other')?.exec).toMatchObject({
      command: join(directory, 'plugin'),
    })
  })
})

test('outside of a cluster there is no in-cluster configuration', () => {
  vi.stubEnv('KUBERNETES_SERVICE_HOST', '')
  expect(() => loadInClusterConfig()).toThrow(KubeconfigError)
  vi.stubEnv('KUBERNETES_SERVICE_HOST', '10.0.0.1')
  vi.stubEnv('KUBERNETES_SERVICE_PORT', '443')
  expect(() => loadInClusterConfig()).toThrow(/^not running in a cluster: /)
})
