import { expect, test } from 'vitest'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import { editControl, resolveConfig } from '#lib/domain/form/config-of.ts'
import type { FormObject } from '#lib/domain/form/form-model.ts'
import { applyToYaml } from '#lib/domain/form/yaml-document.ts'
import { readYamlMap } from '#lib/domain/form/yaml-reader.ts'
import {
  closeYaml,
  newDraft,
  openYaml,
  rebase,
  restoreAt,
  writeYamlText,
  yamlConfig,
} from './config-draft.ts'
import type { DraftState } from './config-draft.ts'

const UI = 'urn:alm:descriptor:com.tectonic.ui'
const DEFAULTS: FormObject = { type: 'a', size: 1, free: { x: null }, only: 'b-kept' }

const form = compileForm({
  config: DEFAULTS,
  descriptors: [
    { path: 'type', 'x-descriptors': [`${UI}:select:a`, `${UI}:select:b`] },
    { path: 'size', 'x-descriptors': [`${UI}:number`] },
    { path: 'only', 'x-descriptors': [`${UI}:text`, `${UI}:fieldDependency:type:b`] },
    { path: 'extra', 'x-descriptors': [`${UI}:text`, 'urn:alm:descriptor:com.tectonic.default:filled'] },
  ],
})

function formConfig({ base, edits }: DraftState): FormObject {
  return resolveConfig(form, base, edits).config
}

function write(state: DraftState, text: string): DraftState {
  return writeYamlText(state, text, readYamlMap(text))
}

function edit(state: DraftState, path: string, value: string | number): DraftState {
  const control = form.controls.find((one) => one.id === path)
  if (control === undefined) throw new Error(path)
  return { ...state, edits: editControl(control, state.base, state.edits, value) }
}

test('over to YAML and back without a word changes nothing', () => {
  const start = edit(newDraft(DEFAULTS), 'size', 2)
  const there = openYaml(start, formConfig(start))
  expect(yamlConfig(there)).toEqual({ ...DEFAULTS, size: 2, extra: 'filled' })
  const back = closeYaml(there, form, formConfig(there))
  expect(back.base).toBe(start.base)
  expect(back.edits).toBe(start.edits)
})

test('what is written in YAML is in the form, exactly: removed keys, nulls, hidden and unknown values', () => {
  const there = openYaml(newDraft(DEFAULTS), formConfig(newDraft(DEFAULTS)))
  const text = '# mine\ntype: a\nfree: {x: null, y: [1]}\nonly: hidden, changed\n'
  const back = closeYaml(write(there, text), form, formConfig(there))
  expect(back.side).toBe('form')
  expect(formConfig(back)).toEqual({ type: 'a', free: { x: null, y: [1] }, only: 'hidden, changed' })
})

test('edits on both sides survive, and the comments', () => {
  let state = openYaml(newDraft(DEFAULTS), formConfig(newDraft(DEFAULTS)))
  state = write(state, '# why\ntype: b # for us\nsize: 1\nonly: mine\nown: 1\n')
  state = edit(closeYaml(state, form, formConfig(state)), 'size', 7)
  state = openYaml(state, formConfig(state))
  const config = yamlConfig(state) ?? {}
  expect(config).toEqual({ type: 'b', size: 7, only: 'mine', own: 1 })
  expect(applyToYaml(state.text ?? '', config)).toBe('# why\ntype: b # for us\nsize: 7\nonly: mine\nown: 1\n')
})

test('YAML that can’t be read stays where it is', () => {
  const there = openYaml(newDraft(DEFAULTS), formConfig(newDraft(DEFAULTS)))
  const broken = write(there, 'type: [')
  expect(yamlConfig(broken)).toBeNull()
  expect(closeYaml(broken, form, formConfig(there))).toBe(broken)
  expect(rebase(broken, { type: 'b' })).toBe(broken)
})

test('on another base, what the user changed wins on either side, the rest follows', () => {
  const next: FormObject = { type: 'a', size: 5, free: { x: 1 }, only: 'b-kept', fresh: true }
  const edited = edit(newDraft(DEFAULTS), 'size', 2)
  expect(formConfig(rebase(edited, next))).toEqual({ ...next, size: 2, extra: 'filled' })

  const there = write(openYaml(newDraft(DEFAULTS), DEFAULTS), 'type: b\nsize: 1\nfree: {x: null}\nown: 1\n')
  const moved = rebase(there, next)
  const expected = { type: 'b', size: 5, free: { x: 1 }, fresh: true, own: 1 }
  expect(yamlConfig(moved)).toEqual(expected)
  const inForm = rebase(closeYaml(there, form, formConfig(there)), next)
  expect(formConfig(inForm)).toEqual(expected)
})

test('a change is taken back alone, on either side and whoever wrote it', () => {
  const changed = edit(edit(newDraft(DEFAULTS), 'size', 2), 'type', 'b')
  const back = restoreAt(changed, ['size'])
  expect(formConfig(back)).toEqual({ ...DEFAULTS, type: 'b', extra: 'filled' })
  expect(back.base).toBe(DEFAULTS)

  const inYaml = write(openYaml(newDraft(DEFAULTS), DEFAULTS), 'type: b\nsize: 5\nfree: {x: 1}\n')
  const restored = restoreAt(inYaml, ['free', 'x'])
  expect(yamlConfig(restored)).toEqual({ type: 'b', size: 5, free: { x: null } })
  // What YAML brought to the form has no edits of its own.
  const inForm = closeYaml(inYaml, form, formConfig(inYaml))
  expect(formConfig(restoreAt(inForm, ['size'])).size).toBe(1)

  const broken = write(openYaml(newDraft(DEFAULTS), DEFAULTS), 'type: [')
  expect(restoreAt(broken, ['size'])).toBe(broken)
})

test('inside a value that was edited whole, only the place that is meant goes back', () => {
  const free = { path: ['free'], value: { x: 1, y: 2 } }
  const state = { ...newDraft(DEFAULTS), edits: new Map([['free', free]]) }
  expect(formConfig(restoreAt(state, ['free', 'x'])).free).toEqual({ x: null, y: 2 })
  expect(formConfig(restoreAt(state, ['free'])).free).toEqual({ x: null })
})
