import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createCredentials } from './credentials.ts'
import { readStrangerKubeconfig } from './stranger-kubeconfig.ts'

const SECRET = 'do-not-tell-0123456789'

function kubeconfig(user: object, cluster: object = {}): string {
  return JSON.stringify({
    clusters: [{ name: 'edge', cluster: { server: 'https://edge.example:6443', ...cluster } }],
    users: [{ name: 'admin', user }],
    contexts: [{ name: 'admin@edge', context: { cluster: 'edge', user: 'admin' } }],
    'current-context': 'admin@edge',
  })
}

function whyNot(text: string): string {
  try {
    readStrangerKubeconfig(text)
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
  return 'taken'
}

test('credentials that it brings along are taken', async () => {
  const config = readStrangerKubeconfig(
    kubeconfig(
      { token: SECRET },
      { 'certificate-authority-data': Buffer.from('CA').toString('base64'), 'tls-server-name': 'kubernetes' },
    ),
  )
  expect(config.getCurrentCluster()).toMatchObject({
    server: 'https://edge.example:6443',
    tlsServerName: 'kubernetes',
  })
  const { headers, tls } = await createCredentials(config).current()
  expect(headers['authorization']).toBe(`Bearer ${SECRET}`)
  expect(String(tls.ca)).toBe('CA')
})

test.each([
  [
    'exec',
    { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/bin/sh', args: ['-c', 'id'] } },
  ],
  ['auth-provider', { 'auth-provider': { name: 'gcp', config: { 'cmd-path': '/bin/sh' } } }],
  ['tokenFile', { tokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token' }],
  ['token-file', { 'token-file': '/var/run/secrets/kubernetes.io/serviceaccount/token' }],
  ['client-certificate', { 'client-certificate': '/etc/ssl/own.crt', 'client-key-data': 'eA==' }],
  ['client-key', { 'client-certificate-data': 'eA==', 'client-key': '/etc/ssl/own.key' }],
])('%s is refused: it would run or read something here', (field, user) => {
  expect(whyNot(kubeconfig(user))).toBe(`RefusedKubeconfigError: ${field}`)
  expect(whyNot(kubeconfig({ token: SECRET, ...user }))).toBe(`RefusedKubeconfigError: ${field}`)
})

test('a CA file is refused', () => {
  const cluster = { 'certificate-authority': '/etc/shadow' }
  expect(whyNot(kubeconfig({ token: SECRET }, cluster))).toBe('RefusedKubeconfigError: certificate-authority')
})

test('what isn’t known isn’t passed on, whatever a library would make of it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'stranger-'))
  const file = join(directory, 'token')
  writeFileSync(file, SECRET)
  try {
    const config = readStrangerKubeconfig(
      kubeconfig({
        authProvider: { name: 'tokenFile', config: { tokenFile: file } },
        certFile: file,
        keyFile: file,
      }),
    )
    const { headers, tls } = await createCredentials(config).current()
    expect(headers['authorization']).toBeUndefined()
    expect(tls.cert).toBeUndefined()
  } finally {
    rmSync(directory, { recursive: true })
  }
})

test('parts of other contexts don’t count', () => {
  const content = JSON.parse(kubeconfig({ token: SECRET })) as { users: object[] }
  content.users.push({ name: 'other', user: { exec: { command: 'sh' } } })
  expect(whyNot(JSON.stringify(content))).toBe('taken')
})

test.each([
  ['nothing', '', 'KubeconfigError: is not a kubeconfig'],
  ['a list', '[]', 'KubeconfigError: is not a kubeconfig'],
  ['a word', SECRET, 'KubeconfigError: is not a kubeconfig'],
  ['no YAML', `token: "${SECRET}\n\t- [`, /^KubeconfigError: not valid YAML \(\w+\)$/],
  ['no context', '{}', 'KubeconfigError: names no context'],
  ['a context that is not there', 'current-context: x', 'KubeconfigError: its context is missing'],
  [
    'a bomb of aliases',
    `a: &a [x,x,x,x,x,x]\n${'b c d e f g h i'
      .split(' ')
      .map(
        (name, index) =>
          `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index]}`).join(',')}]`,
      )
      .join('\n')}`,
    'KubeconfigError: not valid YAML (too many aliases)',
  ],
  [
    'another protocol',
    kubeconfig({ token: SECRET }, { server: 'file:///etc/passwd' }),
    'KubeconfigError: the server of cluster "cluster" is not an http(s) address',
  ],
  ['a server that is no text', kubeconfig({}, { server: { a: 1 } }), /^KubeconfigError: /],
  ['a user that is no object', kubeconfig([SECRET]), 'KubeconfigError: its user is missing'],
  [
    'a prototype',
    kubeconfig({ token: SECRET }).replace('"edge",', '"edge","__proto__":{"exec":{}},'),
    'taken',
  ],
])('%s is told in one line without its content', (_, text, expected) => {
  const why = whyNot(text)
  if (typeof expected === 'string') expect(why).toBe(expected)
  else expect(why).toMatch(expected)
  expect(why).not.toContain(SECRET)
  expect(why).not.toContain('\n')
})

test('a value that contains itself is a broken kubeconfig, nothing worse', () => {
  const text = kubeconfig({ token: 'TOKEN' }).replace('"TOKEN"', '&a {b: *a}')
  expect(whyNot(text)).toMatch(/^KubeconfigError: /)
})
