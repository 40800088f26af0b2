import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '#lib/kinds/object.ts'
import { NO_EDITS, editControl, resolveConfig } from './form/config-of.ts'
import { compileForm } from './form/compile-form.ts'
import { formSourceOf } from './form/form-purpose.ts'
import type { FormParts } from './form/form-purpose.ts'
import { validateConfig } from './form/validate-config.ts'
import { applyChoices } from './merge-config.ts'
import { configToSend, faultKey, planUpgrade } from './plan-upgrade.ts'
import type { UpgradePlan } from './plan-upgrade.ts'

const UI = 'urn:alm:descriptor:com.tectonic.ui:'
const row = (path: string, ...capabilities: string[]) => ({
  path,
  'x-descriptors': capabilities.map((one) => (one.startsWith('urn:') ? one : `${UI}${one}`)),
})

const V1: FormParts = { config: { level: 'info', replicas: 1, gone: 'x' } }
const V2: FormParts = {
  config: { level: 'warn', replicas: 1, token: '' },
  deployDescriptors: [
    row('level', 'select:info', 'select:warn'),
    row('replicas', 'number'),
    row('token', 'text', 'validation:required'),
  ],
}

const told = ({ merge }: UpgradePlan) => merge.findings.map(({ kind, id }) => `${kind} ${id}`)

describe('an installation that follows the defaults', () => {
  const plan = planUpgrade({ from: V1, to: V2, config: undefined })
  test('goes on following them, and sees what changes', () => {
    expect(told(plan)).toEqual(['follows level', 'removed gone', 'added token'])
    expect(plan.merge.config).toEqual(V2.config)
    expect(configToSend(plan, undefined, plan.merge.config)).toBeUndefined()
  })
  test('writes the whole configuration once a value is pinned', () => {
    const config = applyChoices(plan.merge, new Map([['level', 'mine']]))
    expect(configToSend(plan, undefined, config)).toEqual({ level: 'info', replicas: 1, token: '' })
  })
  test('of a version that nobody knows any more: there is nothing to tell', () => {
    const unknown = planUpgrade({ from: undefined, to: V2, config: undefined })
    expect([told(unknown), unknown.merge.config, unknown.before]).toEqual([[], V2.config, undefined])
  })
})

test('what the new version requires, and what it does not take, is found in the merged configuration', () => {
  const plan = planUpgrade({ from: V1, to: V2, config: { level: 'debug', replicas: 3, gone: 'x' } })
  expect(told(plan)).toEqual(['conflict level', 'kept replicas', 'removed gone', 'added token'])
  expect(validateConfig(plan.form, plan.merge.config).map(({ path, code }) => `${code} ${path}`)).toEqual([
    'enum level',
    'required token',
  ])
  expect(configToSend(plan, { level: 'x' }, { level: 'x' })).toBeUndefined()
  expect(configToSend(plan, { level: 'x' }, { level: 'y' })).toEqual({ level: 'y' })
})

describe('defaults that only controls have', () => {
  const days = (value: number) => ({
    config: { on: true },
    deployDescriptors: [
      row('on', 'booleanSwitch'),
      row('days', 'number', `urn:alm:descriptor:com.tectonic.default:${value}`, 'fieldDependency:on:true'),
    ],
  })
  test('are followed by who left them, and kept by who did not', () => {
    const follows = planUpgrade({ from: days(7), to: days(14), config: { on: true, days: 7 } })
    expect([told(follows), follows.merge.config]).toEqual([['follows days'], { on: true, days: 14 }])
    const kept = planUpgrade({ from: days(7), to: days(14), config: { on: true, days: 30 } })
    expect([told(kept), kept.merge.config]).toEqual([['conflict days'], { on: true, days: 30 }])
  })
  test('are new where their control is shown, and only there', () => {
    const shown = planUpgrade({ from: { config: { on: true } }, to: days(14), config: { on: true } })
    expect([told(shown), shown.merge.config]).toEqual([['added days'], { on: true, days: 14 }])
    const hidden = planUpgrade({ from: { config: { on: true } }, to: days(14), config: { on: false } })
    expect([told(hidden), hidden.merge.config]).toEqual([['kept on'], { on: false }])
  })
  test('leave an installation without a configuration alone', () => {
    const plan = planUpgrade({ from: days(7), to: days(14), config: undefined })
    expect(told(plan)).toEqual([])
    const { config } = resolveConfig(plan.form, plan.merge.config, NO_EDITS)
    expect([config, configToSend(plan, undefined, config)]).toEqual([{ on: true, days: 14 }, undefined])
  })
})

test('what the old version’s form did not take either is known', () => {
  const nodes = row('nodes', 'text', 'validation:required')
  const from: FormParts = {
    config: { nodes: '', x: 1 },
    deployDescriptors: [nodes],
    editDescriptors: [row('x', 'number')],
  }
  const to: FormParts = { ...from, deployDescriptors: [nodes, row('region', 'text', 'validation:required')] }
  const { form, merge, standing } = planUpgrade({ from, to, config: undefined })
  expect(validateConfig(form, merge.config).filter((fault) => !standing.has(faultKey(fault)))).toMatchObject([
    { path: 'region', code: 'required' },
  ])
})

test('a JSON Schema’s defaults count as its values', () => {
  const schema = (level: string): FormParts => ({
    config: { type: 'object', properties: { level: { type: 'string', default: level } } },
  })
  const plan = planUpgrade({ from: schema('info'), to: schema('warn'), config: { level: 'info' } })
  expect([told(plan), plan.merge.config]).toEqual([['follows level'], { level: 'warn' }])
})

test('of what type a control is, the new version decides', () => {
  const config = { port: '80', more: true }
  const plan = planUpgrade({ from: { config: { port: '8080' } }, to: { config: { port: 9090 } }, config })
  expect(plan.form.controls.map(({ id, kind }) => `${kind} ${id}`)).toEqual(['number port', 'switch more'])
  expect(validateConfig(plan.form, plan.merge.config).map(({ path }) => path)).toEqual(['port'])
})

test('an edit in the form outlives every choice', () => {
  const plan = planUpgrade({ from: V1, to: V2, config: { level: 'debug', replicas: 3 } })
  const level = plan.form.controls.find(({ id }) => id === 'level')
  if (level === undefined) throw new Error('no control')
  const edits = editControl(level, plan.merge.config, NO_EDITS, 'info')
  for (const choice of ['mine', 'new'] as const) {
    const base = applyChoices(plan.merge, new Map([['level', choice]]))
    expect(resolveConfig(plan.form, base, edits).config['level']).toBe('info')
  }
})

const parts = fc.record({
  config: fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.jsonValue({ maxDepth: 2 }),
  ) as fc.Arbitrary<JsonObject>,
  deployDescriptors: fc.array(
    fc.record({
      path: fc.constantFrom('a', 'b', 'c.d', 'a[].e', '__proto__'),
      'x-descriptors': fc.array(
        fc.constantFrom(
          `${UI}number`,
          `${UI}booleanSwitch`,
          `${UI}text`,
          `${UI}select:1`,
          `${UI}select:x`,
          `${UI}tagsInput`,
          `${UI}validation:required`,
          `${UI}validation:pattern:^[a-m]`,
          `${UI}resourceRequirements`,
          `${UI}arrayFieldGroup:a`,
          'urn:alm:descriptor:com.tectonic.default:5',
          `${UI}fieldDependency:a:1`,
        ),
      ),
    }),
    { maxLength: 4 },
  ),
})

test('whatever versions say, planning ends well, and twice is once', () => {
  fc.assert(
    fc.property(parts, parts, fc.option(parts), (from, to, own) => {
      const config = own?.config
      const plan = planUpgrade({ from, to, config })
      if (config === undefined) return
      const again = planUpgrade({ from, to, config: plan.merge.config })
      expect(JSON.stringify(again.merge.config)).toBe(JSON.stringify(plan.merge.config))
    }),
  )
})

test('browser and server find the same wrong, whatever is chosen', () => {
  fc.assert(
    fc.property(parts, parts, parts, fc.array(fc.boolean(), { minLength: 1 }), (from, to, own, turns) => {
      const plan = planUpgrade({ from, to, config: own.config })
      const turned = plan.merge.findings.map(({ id }, at) => {
        return [id, turns[at % turns.length] === true ? 'mine' : 'new'] as const
      })
      const config = applyChoices(plan.merge, new Map(turned))
      const asTheServer = compileForm(formSourceOf('upgrade', to, own.config))
      expect(validateConfig(plan.form, config).map(faultKey)).toEqual(
        validateConfig(asTheServer, config).map(faultKey),
      )
    }),
    { numRuns: 300 },
  )
})

describe('without a form for upgrades, what can’t change after installing', () => {
  const from: FormParts = {
    config: { disk: 'local', days: 7 },
    deployDescriptors: [row('disk', 'select:local', 'select:remote'), row('days', 'number')],
    editDescriptors: [row('days', 'number')],
  }
  const to: FormParts = {
    ...from,
    config: { disk: 'remote', days: 14, zone: '' },
    deployDescriptors: [...(from.deployDescriptors ?? []), row('zone', 'text', 'validation:required')],
  }
  const openOnes = ({ form }: UpgradePlan) =>
    form.controls.filter(({ immutable }) => !immutable).map(({ id }) => id)

  test('stays as it runs, and what the new version asks for besides can be answered', () => {
    const plan = planUpgrade({ from, to, config: { disk: 'local', days: 7 } })
    expect(openOnes(plan)).toEqual(['days', 'zone'])
    expect(told(plan)).toEqual(['kept disk', 'follows days', 'added zone'])
    expect(plan.merge.config).toEqual({ disk: 'local', days: 14, zone: '' })
    expect(applyChoices(plan.merge, new Map([['disk', 'new']]))).toEqual(plan.merge.config)
  })
  test('is written where following the defaults would change it', () => {
    const plan = planUpgrade({ from, to, config: undefined })
    expect(configToSend(plan, undefined, plan.merge.config)).toEqual({ disk: 'local', days: 14, zone: '' })
    const same = planUpgrade({ from, to: { ...to, config: { disk: 'local' } }, config: undefined })
    expect(configToSend(same, undefined, same.merge.config)).toBeUndefined()
  })
  test('can be answered anew where the new version does not take it', () => {
    const plan = planUpgrade({ from, to, config: { disk: 'floppy', days: 7 } })
    expect(openOnes(plan)).toEqual(['disk', 'days', 'zone'])
  })
  test('is open where the version says nothing about changes, or has a form for upgrades', () => {
    const config = { disk: 'local', days: 7 }
    const silent = planUpgrade({ from, to: { ...to, editDescriptors: [] }, config })
    expect(openOnes(silent)).toEqual(['disk', 'days', 'zone'])
    const own = planUpgrade({ from, to: { ...to, upgradeDescriptors: [row('disk', 'text')] }, config })
    expect([openOnes(own), told(own)[0]]).toEqual([['disk'], 'follows disk'])
  })
})
