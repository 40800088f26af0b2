import * as fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { discoverResource, parseApiVersion } from './discover-resource.ts'
import { createKubeClient } from './http-kube-client.ts'
import type { KubeClient } from './kube-client.ts'
import { UnavailableError } from './kube-error.ts'
import { sendJson, sendStatus, startFaultServer } from './testing/fault-server.ts'
import type { FaultServer } from './testing/fault-server.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

/** A server with these answers; a number is a status. */
async function serving(
  answers: Record<string, unknown>,
): Promise<{ client: KubeClient; server: FaultServer }> {
  const server = await startFaultServer(({ path }, response) => {
    const answer = answers[path]
    if (answer === undefined) return sendStatus(response, 404, 'NotFound')
    return typeof answer === 'number' ? sendStatus(response, answer, 'Odd') : sendJson(response, 200, answer)
  })
  const client = createKubeClient(server.config(), { cluster: 'test' })
  cleanups.push(
    () => client.close(),
    () => server.close(),
  )
  return { client, server }
}

const group = (name: string, ...versions: string[]) => ({
  name,
  versions: versions.map((version) => ({ groupVersion: `${name}/${version}`, version })),
  preferredVersion: { groupVersion: `${name}/${versions[0]}`, version: versions[0] },
})
const kinds = (...names: string[]) => ({
  resources: names.map((kind) => ({ name: `${kind.toLowerCase()}s`, kind, namespaced: true })),
})
const named = (kind: string, ofGroup = '', version = '') => ({ group: ofGroup, version, kind })

describe('a kind that is named loosely', () => {
  const answers = {
    '/api/v1': {
      resources: [
        { name: 'pods/status', kind: 'Pod' },
        { name: 'pods', kind: 'Pod', namespaced: true },
      ],
    },
    '/apis': { groups: [group('a.io', 'v1'), group('b.io', 'v2', 'v1'), group('broken.io', 'v1')] },
    '/apis/a.io/v1': kinds('Other'),
    '/apis/b.io': group('b.io', 'v2', 'v1'),
    '/apis/b.io/v1': kinds('Old', 'Thing'),
    '/apis/b.io/v2': kinds('Thing'),
    '/apis/broken.io/v1': 503,
  }
  test('is found where it is served', async () => {
    const { client } = await serving(answers)
    const found = async (name: Parameters<typeof discoverResource>[1]) => {
      const resource = await discoverResource(client, name)
      return resource && `${resource.group}/${resource.version}/${resource.plural}`
    }
    expect(await found(named('Pod'))).toBe('/v1/pods')
    expect(await found(named('Thing'))).toBe('b.io/v2/things')
    expect(await found(named('Thing', 'b.io', 'v1'))).toBe('b.io/v1/things')
    expect(await found(named('Thing', 'b.io', 'v9'))).toBe('b.io/v2/things')
    expect(await found(named('Old', 'b.io'))).toBe('b.io/v1/olds')
    expect(await found(named('Thing', 'c.io'))).toBeUndefined()
    expect(await found(named('Thing', '../../api', 'v1'))).toBeUndefined()
  })

  test('and a group that is away matters only where nothing else has it', async () => {
    const { client } = await serving(answers)
    await expect(discoverResource(client, named('Nowhere'))).rejects.toThrow(UnavailableError)
  })

  test('a made-up list of groups costs a bounded number of questions', async () => {
    const groups = Array.from({ length: 5000 }, (_, index) => group(`g${index}.io`, 'v1'))
    const { client, server } = await serving({ '/apis': { groups } })
    expect(await discoverResource(client, named('Nowhere'))).toBeUndefined()
    expect(server.requests.length).toBeLessThan(310)
  })

  test('discovery that makes no sense has no kinds', async () => {
    for (const answer of [
      null,
      [],
      'text',
      { resources: 7 },
      { resources: [null, {}, { kind: 'Thing', name: 3 }] },
    ]) {
      const { client } = await serving({
        '/api/v1': answer,
        '/apis': { groups: [answer, { preferredVersion: 1 }] },
      })
      expect(await discoverResource(client, named('Thing'))).toBeUndefined()
    }
  })
})

test('what is read as an API version makes a path that leads nowhere else', () => {
  expect(parseApiVersion('v1')).toEqual({ group: '', version: 'v1' })
  expect(parseApiVersion('apps/v1beta2')).toEqual({ group: 'apps', version: 'v1beta2' })
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z./]{0,12}\/v1$/)), (text) => {
      const parsed = parseApiVersion(text)
      if (parsed !== undefined)
        expect(`${parsed.group}/${parsed.version}`).not.toMatch(/[^a-z0-9./-]|\/.*\/|^\.|\/\./)
    }),
  )
})
