import { expect, test } from 'vitest'
import { matchingOptions, optionOf, valueOfTyped } from './combobox-option.ts'

const OPTIONS = [
  { value: 'std', label: 'Standard', hint: 'Delete · default' },
  { value: 'ssd', label: 'Fast', hint: 'Retain' },
  { value: 'Standard', label: 'Other' },
]

test('what is typed is looked for in label, value and hint', () => {
  expect(matchingOptions(OPTIONS, ' STAND ').map(({ value }) => value)).toEqual(['std', 'Standard'])
  expect(matchingOptions(OPTIONS, 'ssd').map(({ value }) => value)).toEqual(['ssd'])
  expect(matchingOptions(OPTIONS, 'default').map(({ value }) => value)).toEqual(['std'])
  expect(matchingOptions(OPTIONS, '')).toEqual(OPTIONS)
  expect(matchingOptions(OPTIONS, 'nothing')).toEqual([])
})

test('a value that no option has is shown as it is', () => {
  expect(optionOf(OPTIONS, 'ssd').label).toBe('Fast')
  expect(optionOf(OPTIONS, 'gone')).toEqual({ value: 'gone', label: 'gone' })
})

test('a typed text stands for the option with this value, then for the one with this label, else for itself', () => {
  expect(valueOfTyped(OPTIONS, 'Standard')).toBe('Standard')
  expect(valueOfTyped(OPTIONS, ' Fast ')).toBe('ssd')
  expect(valueOfTyped(OPTIONS, 'slow')).toBe('slow')
})
