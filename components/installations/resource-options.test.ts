import { expect, test } from 'vitest'
import type { ResourceFact, ResourceItem } from '#lib/contract/resource.ts'
import { en } from '#lib/i18n/messages/en.ts'
import { zh } from '#lib/i18n/messages/zh.ts'
import { resourceOptions } from './resource-options.ts'

const fact = (code: ResourceFact['code'], value = '', name?: string): ResourceFact => ({
  code,
  value,
  ...(name !== undefined && { name }),
})

function factsOf(facts: ResourceFact[]): [en: readonly string[], zh: readonly string[]] {
  const items = [{ name: 'x', facts }]
  const [english] = resourceOptions(items, false, 'en', en)
  const [chinese] = resourceOptions(items, false, 'zh', zh)
  return [english?.facts ?? [], chinese?.facts ?? []]
}

test('facts are told in both languages; what strangers wrote stays as it is', () => {
  expect(factsOf([fact('role', 'infra'), fact('not-ready'), fact('unschedulable')])).toEqual([
    ['infra', 'Not ready', 'closed to new Pods'],
    ['infra', '未就绪', '不接受新的 Pod'],
  ])
  expect(factsOf([fact('keys', '1'), fact('column', 'Done', 'State'), fact('status', 'Running')])).toEqual([
    ['1 key', 'State Done', 'Running'],
    ['1 个键', 'State Done', '运行中'],
  ])
  expect(factsOf([fact('status', 'constructor'), fact('created', 'no date')])[0]).toEqual([
    'constructor',
    'since no date',
  ])
  const newer = { code: 'toString', value: 'later' } as unknown as ResourceFact
  expect(factsOf([newer])[0]).toEqual(['later'])
})

test('a name that several namespaces have is one option', () => {
  const items: ResourceItem[] = ['a', 'b'].map((namespace) => ({
    name: 'login',
    namespace,
    facts: [fact('type', 'Opaque')],
  }))
  expect(resourceOptions(items, false, 'en', en)).toEqual([
    { value: 'login', label: 'login', facts: ['namespace a, b', 'Opaque'] },
  ])
  expect(resourceOptions(items, true, 'en', en)[0]?.facts).toEqual(['Opaque'])
})

test('what can’t be picked says why', () => {
  const refusal = { code: 'plugin-not-on-cluster', params: { plugin: 'logs', cluster: 'edge' } } as const
  expect(resourceOptions([{ name: 'edge', facts: [], refusal }], false, 'en', en)[0]?.refusal).toBe(
    'logs is not installed on cluster edge.',
  )
})
