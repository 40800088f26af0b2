import { describe, expect, test } from 'vitest'
import type { Descriptor } from '#lib/kinds/plugin-spec.ts'
import { compileForm } from './compile-form.ts'
import { NO_EDITS, initialConfig, resolveConfig } from './config-of.ts'
import type { FormControl, FormModel, FormNode } from './form-model.ts'
import { formatPath, getAt, isAtOrBelow, parsePath } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { operatorLists } from './testing/operator-lists.ts'
import { validateConfig } from './validate-config.ts'

const LISTS = operatorLists()

function withRows(controls: readonly FormControl[]): FormControl[] {
  return controls.flatMap((control) => [control, ...withRows(control.row?.controls ?? [])])
}

function groupIds(nodes: readonly FormNode[]): string[] {
  return nodes.flatMap((node) => (node.type === 'group' ? [node.id, ...groupIds(node.children)] : []))
}

/** Indices of rows stand for any row. */
function anyRow(path: FormPath): FormPath {
  return path.map((step) => (typeof step === 'number' ? null : step))
}

/** Whether something in the form shows what a descriptor speaks of: at its path, around it or below it. */
function isCovered(form: FormModel, path: FormPath): boolean {
  const groups = new Set([...groupIds(form.layout), ...groupIds(form.advanced)])
  const wanted = anyRow(path)
  return (
    groups.has(formatPath(path)) ||
    withRows(form.controls).some((control) => {
      const own = anyRow(control.path)
      return isAtOrBelow(wanted, own) || isAtOrBelow(own, wanted)
    })
  )
}

/** A capability without its prefixes. */
function bare(text: string): string {
  return text.replace(/^urn:alm:descriptor:/, '').replace(/^com\.tectonic\.ui:/, '')
}

function isHidden(descriptor: Descriptor): boolean {
  return descriptor['x-descriptors']?.some((text) => text.endsWith('com.tectonic.ui:hidden')) ?? false
}

test('there are at least 150 different lists', () => {
  expect(new Set(LISTS.map((list) => JSON.stringify(list.descriptors))).size).toBeGreaterThanOrEqual(150)
  expect(new Set(LISTS.map((list) => list.name)).size).toBe(LISTS.length)
})

describe.each(LISTS)('$field: $name', ({ config, descriptors, unknown = [] }) => {
  const form = compileForm({ config, descriptors })
  const base = form.defaults

  test('every descriptor has its place', () => {
    expect(form.from).toBe('descriptors')
    const homeless = descriptors.filter((descriptor) => {
      const path = parsePath(descriptor.path)
      return path !== null && !isHidden(descriptor) && !isCovered(form, path)
    })
    expect(homeless).toEqual([])
  })

  test('only what nobody knows is noted', () => {
    const told = form.notes.filter((note) => note.code === 'unknown-capability').map((note) => note.text)
    expect(new Set(told.map(bare))).toEqual(new Set(unknown.map(bare)))
    const unusable = descriptors.filter(({ path }) => parsePath(path) === null).length
    expect(form.notes.filter((note) => note.code === 'path-unusable')).toHaveLength(unusable)
    expect(form.notes.some((note) => note.code === 'form-cut' || note.code === 'schema-not-enforced')).toBe(
      false,
    )
  })

  test('hidden controls are not shown, and theirs stays as it is', () => {
    const { config: resolved, shown } = resolveConfig(form, base, NO_EDITS)
    for (const control of form.controls.filter((one) => one.hidden)) {
      expect(shown.has(control.id)).toBe(false)
      expect(getAt(resolved, control.path)).toEqual(getAt(base, control.path))
    }
  })

  test('an installation that nobody changes stays byte for byte', () => {
    const installed = initialConfig(form)
    const again = compileForm({ config, descriptors, current: installed })
    const { config: saved } = resolveConfig(again, installed, NO_EDITS)
    expect(JSON.stringify(saved)).toBe(JSON.stringify(installed))
    const { shown } = resolveConfig(form, installed, NO_EDITS)
    const required = new Set(
      withRows(form.controls)
        .filter((control) => control.rules.required === true && shown.has(control.id))
        .map((control) => formatPath(control.path)),
    )
    for (const error of validateConfig(form, installed)) {
      expect(error.code).toBe('required')
      expect(required).toContain(error.path)
    }
  })
})
