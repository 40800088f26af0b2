import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { DEFAULT_PACKAGE_SETTINGS } from '#lib/packages/package-settings.ts'
import { parseRegistryAddress } from '#lib/packages/registry/registry-target.ts'
import { followRegistryAddress } from './registry-address.ts'

let answer: string | null | Error = null
const client = {
  getPath: () => Promise.resolve({ preferredVersion: { version: 'v1' } }),
  get: () =>
    answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ spec: { registry: { address: answer } } }),
} as unknown as KubeClient

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a registry that the platform names later, or otherwise, is noticed; one that can’t be asked for stays', async () => {
  const changes: (string | null)[] = []
  answer = null
  const ends = new AbortController()
  const onChange = () => void changes.push(answer as string)
  const address = await followRegistryAddress(client, DEFAULT_PACKAGE_SETTINGS, onChange, ends.signal)
  const askedAgain = async () => {
    await vi.advanceTimersByTimeAsync(11_000)
    return address()
  }
  expect(address()).toBeNull()
  answer = 'one.example.com'
  expect(address()).toBeNull()
  expect(await askedAgain()).toBe('one.example.com')
  answer = new Error('down')
  expect(await askedAgain()).toBe('one.example.com')
  answer = 'two.example.com'
  expect(await askedAgain()).toBe('two.example.com')
  expect(changes).toEqual(['one.example.com', 'two.example.com'])
  ends.abort()
  answer = 'three.example.com'
  expect(await askedAgain()).toBe('two.example.com')
})

test('what was configured needs nobody to be asked', async () => {
  const registry = { ...DEFAULT_PACKAGE_SETTINGS.registry, explicit: parseRegistryAddress('here:5000/x') }
  const settings = { ...DEFAULT_PACKAGE_SETTINGS, registry }
  answer = 'elsewhere'
  const { signal } = new AbortController()
  const address = await followRegistryAddress(client, settings, expect.unreachable, signal)
  expect(address()).toBe('here:5000/x')
})
