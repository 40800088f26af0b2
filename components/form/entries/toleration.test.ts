import { expect, test } from 'vitest'
import { NEW_TOLERATION, tolerationText, withTolerationField } from './toleration.ts'

const INFRA = { effect: 'NoSchedule', key: 'node-role.kubernetes.io/infra', value: 'reserved', note: 1 }

test('a field is set in its place, further fields and absent ones stay as they are', () => {
  expect(JSON.stringify(withTolerationField(INFRA, 'value', 'free'))).toBe(
    JSON.stringify({ ...INFRA, value: 'free' }),
  )
  expect(tolerationText(INFRA, 'operator')).toBe('Equal')
})

test('Exists takes no value, and only NoExecute ends after seconds', () => {
  expect(withTolerationField(INFRA, 'operator', 'Exists')).toEqual({
    effect: 'NoSchedule',
    key: INFRA.key,
    note: 1,
    operator: 'Exists',
  })
  const evicting = withTolerationField(
    withTolerationField(INFRA, 'effect', 'NoExecute'),
    'tolerationSeconds',
    '60',
  )
  expect(evicting['tolerationSeconds']).toBe(60)
  expect(withTolerationField(evicting, 'effect', '')).toEqual({ key: INFRA.key, value: 'reserved', note: 1 })
})

test('an emptied field is left out', () => {
  expect(withTolerationField(NEW_TOLERATION, 'value', '')).not.toHaveProperty('value')
})

test('what is no object is read as one without fields', () => {
  expect(tolerationText('x', 'key')).toBe('')
  expect(withTolerationField(['x'], 'key', 'a')).toEqual({ key: 'a' })
})
