import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { embeddedIdentity, isCrashedPlatform } from './embedded-identity.ts'

test('only an embedded platform of this machine whose process is gone has crashed', () => {
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  const own = embeddedIdentity()
  const at = (number: number | string): string => own.replace(/\d+$/, String(number))
  expect(isCrashedPlatform(at(pid))).toBe(true)
  expect(isCrashedPlatform(at(process.ppid))).toBe(false)
  expect(isCrashedPlatform(at('x'))).toBe(false)
  expect(isCrashedPlatform(at(0))).toBe(false)
  expect(isCrashedPlatform(`embedded-platform/another-host/${pid}`)).toBe(false)
  expect(isCrashedPlatform(`${own.split('/')[1]}_8a2c`)).toBe(false)
})
