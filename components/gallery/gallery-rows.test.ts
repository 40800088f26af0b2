import { expect, test } from 'vitest'
import { CAPABILITIES, parseCapability } from '#lib/domain/form/capability.ts'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import { GALLERY_ROWS, galleryRowsFor } from './gallery-rows.ts'

test('every capability has a row that uses it', () => {
  expect(GALLERY_ROWS.flatMap((row) => row.shows).sort()).toEqual([...CAPABILITIES].sort())
  for (const { id, shows, descriptors } of GALLERY_ROWS) {
    const used = descriptors
      .flatMap((one) => one['x-descriptors'] ?? [])
      .map((text) => parseCapability(text).name)
    for (const name of shows) expect(used, id).toContain(name)
  }
})

test('rows have names of their own and show something', () => {
  const ids = GALLERY_ROWS.map((row) => row.id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id, config, descriptors } of GALLERY_ROWS)
    expect(compileForm({ config, descriptors }).controls.length, id).toBeGreaterThan(0)
})

test('only the row about unknown capabilities has some', () => {
  const noted = GALLERY_ROWS.filter(({ config, descriptors }) =>
    compileForm({ config, descriptors }).notes.some((note) => note.code === 'unknown-capability'),
  )
  expect(noted.map((row) => row.id)).toEqual(['unknown'])
})

test('a search leaves the rows that say it, in any case', () => {
  expect(galleryRowsFor(' NODE-selector ').map((row) => row.id)).toEqual(['node-selector'])
  expect(galleryRowsFor('nodeSelector').map((row) => row.id)).toContain('node-selector')
  expect(galleryRowsFor('no such thing')).toEqual([])
  expect(galleryRowsFor('')).toEqual(GALLERY_ROWS)
})
