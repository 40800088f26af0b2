import { expect, test } from 'vitest'
import type { Problem } from '#lib/contract/problem.ts'
import { refusedValues } from './refused-values.ts'

test('paths in the configuration lose their first step, others are told apart', () => {
  const errors = [
    { path: 'config.custom.mps_enable', code: 'type', detail: 'a boolean' },
    { path: 'config["a.b"][0]', code: 'enum', detail: 'one of' },
    { path: 'config', code: 'type', detail: 'an object' },
    { path: 'reason', code: 'maxLength', detail: 'too long' },
    { path: '', code: 'invalid', detail: 'unreadable' },
  ]
  expect(refusedValues({ errors } as Problem)).toEqual({
    values: [
      { path: 'custom.mps_enable', detail: 'a boolean' },
      { path: '["a.b"][0]', detail: 'one of' },
      { path: '', detail: 'an object' },
    ],
    others: ['reason: too long', 'unreadable'],
  })
})
