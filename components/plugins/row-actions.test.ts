import { expect, test } from 'vitest'
import type { Action, ActionView } from '#lib/contract/action.ts'
import { PLUGIN_STATUSES } from '#lib/domain/plugin-status.ts'
import { isInstalled, rowActions } from './row-actions.ts'

const no: ActionView = { allowed: false, reasons: [{ code: 'no-parameters' }] }

function actions(...allowed: Action[]): Record<Action, ActionView> {
  const view = (action: Action): ActionView => (allowed.includes(action) ? { allowed: true } : no)
  return {
    install: view('install'),
    upgrade: view('upgrade'),
    update: view('update'),
    uninstall: view('uninstall'),
  }
}

test('an upgrade that may be taken is the button', () => {
  expect(
    rowActions({
      status: 'Running',
      actions: actions('upgrade', 'update', 'uninstall'),
      installsAtOnce: null,
    }),
  ).toEqual({
    primary: 'upgrade',
    more: ['update', 'uninstall'],
  })
})

test('without one it is Update, and the refused upgrade stays to say why', () => {
  expect(
    rowActions({ status: 'Running', actions: actions('update', 'uninstall'), installsAtOnce: null }),
  ).toEqual({
    primary: 'update',
    more: ['upgrade', 'uninstall'],
  })
})

test('Uninstall is never the button', () => {
  for (const status of PLUGIN_STATUSES)
    expect(rowActions({ status, actions: actions('uninstall'), installsAtOnce: null }).primary).not.toBe(
      'uninstall',
    )
})

test('nothing installed: install, refused or not; nothing uploaded: upload', () => {
  expect(rowActions({ status: 'Ready', actions: actions('install'), installsAtOnce: null })).toEqual({
    primary: 'install',
    more: [],
  })
  expect(rowActions({ status: 'Incompatible', actions: actions(), installsAtOnce: null })).toEqual({
    primary: 'install',
    more: [],
  })
  expect(rowActions({ status: 'Absent', actions: actions(), installsAtOnce: null })).toEqual({
    primary: 'upload',
    more: [],
  })
})

test('what is being installed counts as installed', () => {
  expect(isInstalled('Installing')).toBe(true)
  expect(isInstalled('Unknown')).toBe(true)
  expect(isInstalled('Preparing')).toBe(false)
})

test('where the button installs at once, the dialog stays within reach', () => {
  expect(rowActions({ status: 'Ready', actions: actions('install'), installsAtOnce: 'v1.0.0' })).toEqual({
    primary: 'install',
    more: ['install'],
  })
})
