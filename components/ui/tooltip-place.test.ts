import { expect, test } from 'vitest'
import { placeTooltip } from './tooltip-place.ts'

const view = { width: 1000, height: 600 }
const tip = { width: 200, height: 40 }

test('centred above its anchor', () => {
  const place = placeTooltip({ top: 300, left: 500, width: 100, height: 20 }, tip, view)
  expect(place).toEqual({ top: 254, left: 450 })
})

test('below when there is no room above', () => {
  const place = placeTooltip({ top: 20, left: 500, width: 100, height: 20 }, tip, view)
  expect(place.top).toBe(46)
})

test('never past an edge', () => {
  expect(placeTooltip({ top: 300, left: 0, width: 20, height: 20 }, tip, view).left).toBe(8)
  expect(placeTooltip({ top: 300, left: 990, width: 10, height: 20 }, tip, view).left).toBe(792)
  expect(placeTooltip({ top: 10, left: 0, width: 20, height: 580 }, tip, view).top).toBe(8)
})
