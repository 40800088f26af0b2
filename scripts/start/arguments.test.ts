import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseStartArguments } from './arguments.ts'

test('without arguments: port 3000 and .data', () => {
  expect(parseStartArguments([], {})).toEqual({
    port: 3000,
    dataDir: resolve('.data'),
    fresh: false,
    kubeconfig: undefined,
    clusters: {},
    help: false,
  })
})

test('flags win over the environment; empty variables count as unset', () => {
  const env = { PORT: '4000', DATA_DIR: '/srv/data' }
  expect(parseStartArguments([], env)).toMatchObject({ port: 4000, dataDir: '/srv/data' })
  expect(parseStartArguments(['--port', '0', '--data=/tmp/x', '--fresh'], env)).toMatchObject({
    port: 0,
    dataDir: '/tmp/x',
    fresh: true,
  })
  expect(parseStartArguments([], { PORT: '', DATA_DIR: '' })).toMatchObject({ port: 3000 })
})

test('a KUBECONFIG that happens to be set changes nothing', () => {
  expect(parseStartArguments([], { KUBECONFIG: '/etc/kubeconfig' }).kubeconfig).toBeUndefined()
})

test.each([
  [['--kubeconfig', 'a/b'], resolve('a/b')],
  [['--kubeconfig=a/b'], resolve('a/b')],
  [['--kubeconfig'], undefined],
  [['--kubeconfig', '--port', '0'], undefined],
])('%o names the file %s', (args, file) => {
  expect(parseStartArguments(args, {}).kubeconfig).toEqual({ file })
})

test('further clusters stand beside a kubeconfig; the embedded platform knows its own', () => {
  const args = [
    '--kubeconfig',
    'a',
    '--clusters',
    '.',
    '--clusters=scripts',
    '--gateway',
    'https://g.example',
  ]
  expect(parseStartArguments(args, { CLUSTER_NAME_PREFIX: 'namespace' }).clusters).toEqual({
    kubeconfigs: [resolve('.'), resolve('scripts')],
    gateway: 'https://g.example',
    naming: 'namespace-name',
  })
  expect(parseStartArguments([], { CLUSTER_SOURCE: 'nonsense', GATEWAY_URL: 'x' }).clusters).toEqual({})
  expect(() => parseStartArguments(['--clusters', '.'], {})).toThrow('--clusters needs --kubeconfig')
})

test.each([
  [['--kubeconfig', 'a', '--clusters', '/no/where'], '--clusters: /no/where: no such file or folder'],
  [['--kubeconfig', 'a', '--gateway', 'x'], '--gateway must be an http(s) address'],
  [['--bogus'], '--bogus'],
  [['extra'], 'extra'],
  [['--port'], '--port'],
  [['--port', 'abc'], 'abc'],
  [['--port', '65536'], '65536'],
  [['--port', '-1'], '--port'],
  [['--kubeconfig', 'x', '--fresh'], '--fresh'],
])('%o is refused in one line that names the culprit', (args, culprit) => {
  expect(() => parseStartArguments(args, {})).toThrow(culprit)
  try {
    parseStartArguments(args, {})
  } catch (error) {
    expect(String(error)).not.toContain('\n')
  }
})

test('a PORT that is no port is refused', () => {
  expect(() => parseStartArguments([], { PORT: 'http' })).toThrow("not 'http'")
})
