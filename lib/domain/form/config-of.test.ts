import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileForm } from './compile-form.ts'
import { shownControls } from './conditions.ts'
import { NO_EDITS, editControl, initialConfig, resolveConfig } from './config-of.ts'
import type { FormObject } from './form-model.ts'
import { P, UI, edit, row } from './testing/form-fixture.ts'
import { validateConfig } from './validate-config.ts'

/** Logs to one of two storages: what a log collector asks. */
const LOGS: FormObject = {
  storage: { type: 'ElasticSearch' },
  crossClusterDependency: { logcenter: '', logclickhouse: null },
  dataSource: { audit: true, platform: false },
  kept: { as: 'it is' },
}
const LOG_ROWS = [
  row(
    'storage.type',
    `${UI}radio:ElasticSearch`,
    `${UI}radio:ClickHouse`,
    `${P}oneOf:ElasticSearch:crossClusterDependency.logcenter`,
    `${P}oneOf:ClickHouse:crossClusterDependency.logclickhouse`,
  ),
  row('crossClusterDependency.logcenter', `${UI}text`, `${UI}validation:required`),
  row('crossClusterDependency.logclickhouse', `${UI}text`, `${UI}validation:required`),
  row('dataSource.audit', `${UI}booleanSwitch`),
  row('dataSource.platform', `${UI}booleanSwitch`),
  row(
    'retention',
    `${UI}number`,
    `${P}com.tectonic.default:7`,
    `${UI}fieldDependency:dataSource.platform:true`,
  ),
]

describe('a log collector', () => {
  const form = compileForm({ config: LOGS, descriptors: LOG_ROWS })

  test('nothing changed is the same object', () => {
    expect(resolveConfig(form, LOGS, NO_EDITS).config).toBe(LOGS)
  })

  test('only what is shown is asked for', () => {
    expect(validateConfig(form, LOGS)).toEqual([
      { path: 'crossClusterDependency.logcenter', code: 'required', params: {} },
    ])
    const picked = edit(form, LOGS, NO_EDITS, 'storage.type', 'ClickHouse')
    const { config, shown } = resolveConfig(form, LOGS, picked)
    expect(shown.has('crossClusterDependency.logcenter')).toBe(false)
    expect(validateConfig(form, config).map((error) => error.path)).toEqual([
      'crossClusterDependency.logclickhouse',
    ])
  })

  test('what was typed into a control that went away is not sent, and is back when it comes back', () => {
    let edits = edit(form, LOGS, NO_EDITS, 'crossClusterDependency.logcenter', 'business')
    edits = edit(form, LOGS, edits, 'storage.type', 'ClickHouse')
    edits = edit(form, LOGS, edits, 'crossClusterDependency.logclickhouse', 'global')
    expect(resolveConfig(form, LOGS, edits).config).toEqual({
      ...LOGS,
      storage: { type: 'ClickHouse' },
      crossClusterDependency: { logcenter: '', logclickhouse: 'global' },
    })
    edits = edit(form, LOGS, edits, 'storage.type', 'ElasticSearch')
    expect(resolveConfig(form, LOGS, edits).config).toEqual({
      ...LOGS,
      crossClusterDependency: { logcenter: 'business', logclickhouse: null },
    })
  })

  test('a default counts once its control is shown, and goes with it', () => {
    let edits = edit(form, LOGS, NO_EDITS, 'dataSource.platform', true)
    expect(resolveConfig(form, LOGS, edits).config).toMatchObject({ retention: 7 })
    edits = edit(form, LOGS, edits, 'retention', 30)
    expect(resolveConfig(form, LOGS, edits).config).toMatchObject({ retention: 30 })
    edits = edit(form, LOGS, edits, 'dataSource.platform', false)
    expect(resolveConfig(form, LOGS, edits).config).toEqual(LOGS)
    expect('retention' in initialConfig(form)).toBe(false)
  })

  test('a label without a value is a label', () => {
    const selector = compileForm({ config: { nodeSelector: {} }, descriptors: [{ path: 'nodeSelector' }] })
    const infra = { 'node-role.kubernetes.io/infra': '' }
    const edits = edit(selector, selector.defaults, NO_EDITS, 'nodeSelector', infra)
    expect(resolveConfig(selector, selector.defaults, edits).config).toEqual({ nodeSelector: infra })
  })

  test('emptied is what stood for nothing before', () => {
    let edits = edit(form, LOGS, NO_EDITS, 'crossClusterDependency.logcenter', 'x')
    edits = edit(form, LOGS, edits, 'crossClusterDependency.logcenter', '')
    expect(edits.size).toBe(0)
    const base = { ...LOGS, crossClusterDependency: { logcenter: 'set before', logclickhouse: null } }
    const cleared = edit(form, base, NO_EDITS, 'crossClusterDependency.logcenter', undefined)
    expect(resolveConfig(form, base, cleared).config).toEqual(LOGS)
  })
})

test('a map that was there by default is emptied, not absent', () => {
  const form = compileForm({ config: { labels: { team: 'x' } }, descriptors: [{ path: 'labels' }] })
  for (const value of [undefined, {}]) {
    const edits = edit(form, form.defaults, NO_EDITS, 'labels', value)
    expect(resolveConfig(form, form.defaults, edits).config).toEqual({ labels: {} })
  }
})

test('emptied is absent where the default is absent', () => {
  const form = compileForm({
    config: { n: 1 },
    descriptors: [row('n', `${UI}number`), row('a.b', `${UI}text`)],
  })
  const typed = edit(form, { n: 1 }, NO_EDITS, 'a.b', 'x')
  expect(resolveConfig(form, { n: 1 }, typed).config).toEqual({ n: 1, a: { b: 'x' } })
  expect(resolveConfig(form, { n: 1 }, edit(form, { n: 1 }, typed, 'a.b', '')).config).toEqual({ n: 1 })
  const installed = { n: 1, a: { b: 'x' } }
  expect(resolveConfig(form, installed, edit(form, installed, NO_EDITS, 'a.b', '')).config).toEqual({
    n: 1,
    a: {},
  })
})

describe('conditions', () => {
  test('a condition on a control that is not shown does not hold', () => {
    const form = compileForm({
      descriptors: [
        row('policy', `${UI}select:Default`, `${UI}select:SSC`),
        row('data.type', `${UI}select:Local`, `${UI}fieldDependency:policy:Default`),
        row('data.path', `${UI}text`, `${UI}fieldDependency:.type:Local`),
      ],
    })
    const config = { policy: 'Default', data: { type: 'Local' } }
    expect([...shownControls(form, config)]).toEqual(['policy', 'data.type', 'data.path'])
    expect([...shownControls(form, { ...config, policy: 'SSC' })]).toEqual(['policy'])
  })

  test('colons in values, whole objects and groups as targets, circles', () => {
    const form = compileForm({
      descriptors: [
        row('image', `${UI}select:a:1`, `${UI}select:b:2`, `${P}oneOf:a:1:spec`, `${P}oneOf:b:2:grouped`),
        row('spec.x', `${UI}text`),
        row('y', `${UI}text`, `${UI}fieldGroup:grouped`),
        row('url', `${UI}text`, `${UI}fieldDependency:image:b:2`),
        row('c1', `${UI}text`, `${UI}fieldDependency:c2:1`),
        row('c2', `${UI}text`, `${UI}fieldDependency:c1:1`),
      ],
    })
    expect([...shownControls(form, { image: 'a:1' })]).toEqual(['image', 'spec.x'])
    expect([...shownControls(form, { image: 'b:2' })]).toEqual(['image', 'y', 'url'])
    expect([...shownControls(form, { c1: 1, c2: 1 })]).toEqual(['image', 'c1', 'c2'])
  })

  test('numbers, booleans, lists and an absent switch', () => {
    const form = compileForm({
      descriptors: [
        row('s', `${UI}booleanSwitch`),
        row('off', `${UI}text`, `${UI}fieldDependency:s:false`),
        row('on', `${UI}text`, `${UI}fieldDependency:s:true`),
        row('one', `${UI}text`, `${UI}fieldDependency:n:1`),
        row('has', `${UI}text`, `${UI}fieldDependency:l:x`),
      ],
    })
    expect([...shownControls(form, { n: 1, l: ['y', 'x'] })]).toEqual(['s', 'off', 'one', 'has'])
    expect([...shownControls(form, { s: true })]).toEqual(['s', 'on'])
  })
})

test('picking a size fills resources, over what was typed there, and only then', () => {
  const config = { size: 'Small', components: { p: { resources: null } } }
  const resources = { limits: { cpu: '4' } }
  const form = compileForm({
    config,
    descriptors: [
      row('size', `${UI}select:Small`, `${UI}select:Big`),
      row('components.p.resources.limits.cpu', `${UI}text`),
    ],
    sizeSettings: {
      sizes: [
        { size: 'Small', name: {}, description: {}, components: {} },
        { size: 'Big', name: { en: 'Large' }, description: {}, components: { p: { resources } } },
      ],
    },
  })
  expect(initialConfig(form)).toBe(config)
  let edits = edit(form, config, NO_EDITS, 'components.p.resources.limits.cpu', '9')
  edits = edit(form, config, edits, 'size', 'Big')
  expect(resolveConfig(form, config, edits).config).toEqual({ size: 'Big', components: { p: { resources } } })
  edits = edit(form, config, edits, 'components.p.resources.limits.cpu', '5')
  expect(resolveConfig(form, config, edits).config).toEqual({
    size: 'Big',
    components: { p: { resources: { limits: { cpu: '5' } } } },
  })
})

test('hidden means untouched, neither required nor validated', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd')
  const rows = fc.array(
    fc
      .tuple(
        key,
        fc.constantFrom('text', 'number', 'booleanSwitch', 'hidden'),
        fc.option(fc.tuple(key, fc.constantFrom('1', 'true', 'x'))),
      )
      .map(([path, kind, when]) =>
        row(
          path,
          `${UI}${kind}`,
          `${UI}validation:required`,
          `${P}com.tectonic.default:1`,
          ...(when === null ? [] : [`${UI}fieldDependency:${when[0]}:${when[1]}`]),
        ),
      ),
    { minLength: 1, maxLength: 6 },
  )
  const config = fc.dictionary(key, fc.oneof(fc.constantFrom(1, true, 'x', null), fc.constant({ deep: [1] })))
  fc.assert(
    fc.property(
      rows,
      config,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(1, 'x', true, '')), { maxLength: 4 }),
      (descriptors, raw, steps) => {
        const base = { ...raw } as FormObject
        const form = compileForm({ config: base, descriptors })
        let edits = NO_EDITS
        for (const [index, value] of steps) {
          const control = form.controls[index % Math.max(1, form.controls.length)]
          if (control !== undefined) edits = editControl(control, base, edits, value)
        }
        const state = resolveConfig(form, base, edits)
        const covered = new Set(
          form.controls.filter((one) => state.shown.has(one.id)).map((one) => one.id.split('#')[0]),
        )
        for (const name of ['a', 'b', 'c', 'd'])
          if (!covered.has(name)) expect(state.config[name]).toEqual(base[name])
        for (const error of validateConfig(form, state.config)) expect(covered).toContain(error.path)
        // Read back, the form changes nothing that it would not change at once.
        const reopened = compileForm({ config: base, current: state.config, descriptors })
        const once = initialConfig(reopened, state.config)
        expect(initialConfig(reopened, once)).toEqual(once)
      },
    ),
    { numRuns: 300 },
  )
})
