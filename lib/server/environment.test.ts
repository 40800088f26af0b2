import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEnvironment } from './environment.ts'

test('an empty environment has a meaning', () => {
  expect(readEnvironment({})).toEqual({
    port: 3000,
    bind: '127.0.0.1',
    hosts: [],
    tls: null,
    maxPackageBytes: 2 * 1024 ** 3,
    defaultKubeconfig: join(homedir(), '.kube', 'config'),
    inCluster: false,
    uploadsDir: null,
    gallery: false,
  })
})

test('every variable counts', () => {
  expect(
    readEnvironment({
      PORT: '8443',
      BIND_ADDRESS: '0.0.0.0',
      CONSOLE_HOSTS: ' a.example , b.example:8443,',
      TLS_CERT_FILE: '/tls/tls.crt',
      TLS_KEY_FILE: '/tls/tls.key',
      MAX_PACKAGE_BYTES: '1000',
      KUBECONFIG: '/a:/b',
    }),
  ).toEqual({
    port: 8443,
    bind: '0.0.0.0',
    hosts: ['a.example', 'b.example:8443'],
    tls: { certFile: '/tls/tls.crt', keyFile: '/tls/tls.key' },
    maxPackageBytes: 1000,
    defaultKubeconfig: '/a:/b',
    inCluster: false,
    uploadsDir: null,
    gallery: false,
  })
})

test('in a pod the service account counts, unless a kubeconfig is named', () => {
  expect(readEnvironment({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }).inCluster).toBe(true)
  expect(readEnvironment({ KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBECONFIG: '/a' }).inCluster).toBe(false)
})

test.each([
  [{ PORT: 'http' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ MAX_PACKAGE_BYTES: '-1' }, 'MAX_PACKAGE_BYTES'],
  [{ TLS_CERT_FILE: '/tls/tls.crt' }, 'TLS_KEY_FILE'],
])('%o is refused, naming %s', (env, name) => {
  expect(() => readEnvironment(env)).toThrow(name)
})
