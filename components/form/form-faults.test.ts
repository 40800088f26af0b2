import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import { NO_EDITS, resolveConfig } from '#lib/domain/form/config-of.ts'
import { messagesOf } from '#lib/i18n/messages-of.ts'
import { controlFinder, placeFaults } from './form-faults.ts'

const UI = 'urn:alm:descriptor:com.tectonic.ui:'
const form = compileForm({
  config: { server: { resources: null }, ports: [{ name: 'a' }], hosts: ['a'], secret: 'x', mode: 'off' },
  descriptors: [
    { path: 'server.resources', 'x-descriptors': [`${UI}resourceRequirements`] },
    { path: 'ports[].name', 'x-descriptors': [`${UI}text`, `${UI}arrayFieldGroup:ports`] },
    { path: 'hosts', 'x-descriptors': [`${UI}tagsInput`] },
    { path: 'mode', 'x-descriptors': [`${UI}text`] },
    { path: 'secret', 'x-descriptors': [`${UI}text`, `${UI}fieldDependency:mode:on`] },
  ],
})
const { shown } = resolveConfig(form, form.defaults, NO_EDITS)
const find = controlFinder(form.controls, shown)
const messages = messagesOf('en')
const NONE = new Set<string>()

describe('the control that shows a value', () => {
  test.each([
    ['server.resources.limits.cpu', 'server.resources'],
    ['server.resources', 'server.resources'],
    ['ports[0].name', 'ports'],
    ['ports[3]', 'ports'],
    ['hosts[1]', 'hosts'],
  ])('%s is shown by %s', (path, id) => {
    expect(find(path)).toBe(id)
  })

  test.each(['server', 'secret', 'secret.deep', '', 'nothing.of.it'])('%s is shown by none', (path) => {
    expect(find(path)).toBeNull()
  })

  test('any text is a question that can be answered', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        expect([...form.controls.map(({ id }) => id), null]).toContain(find(path))
      }),
    )
  })
})

describe('faults', () => {
  const limit = {
    path: 'server.resources.requests.cpu',
    code: 'requestAboveLimit',
    params: { limit: '1' },
  } as const

  test('stand at their control with their whole path, or elsewhere', () => {
    const faults = placeFaults(
      messages,
      find,
      [limit, { path: 'secret', code: 'required', params: {} }],
      [],
      NONE,
    )
    expect([...faults.byControl]).toEqual([
      [
        'server.resources',
        [
          {
            path: ['server', 'resources', 'requests', 'cpu'],
            text: 'The request must not be above the limit of 1.',
          },
        ],
      ],
    ])
    expect(faults.elsewhere).toEqual(['secret: A value is needed.'])
  })

  test('what the server refused is told until the control is changed', () => {
    const refused = [
      { path: 'hosts[0]', detail: 'no such host' },
      { path: 'secret', detail: 'too weak' },
      { path: '', detail: 'not today' },
    ]
    const before = placeFaults(messages, find, [], refused, NONE)
    expect(before.byControl.get('hosts')?.map(({ text }) => text)).toEqual(['no such host'])
    expect(before.refusedElsewhere).toEqual(['secret: too weak', 'not today'])
    const after = placeFaults(messages, find, [], refused, new Set(['hosts']))
    expect(after.byControl.size).toBe(0)
  })

  test('the form’s own words about a place replace the server’s', () => {
    const refused = [{ path: limit.path, detail: 'too much' }]
    const { byControl } = placeFaults(messages, find, [limit], refused, NONE)
    expect(byControl.get('server.resources')).toHaveLength(1)
  })
})
