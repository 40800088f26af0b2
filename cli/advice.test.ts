import { expect, test } from 'vitest'
import { PackageError } from '#lib/packages/package-error.ts'
import { limitVariable } from '#lib/packages/package-settings.ts'
import { RegistryError } from '#lib/packages/registry/registry-error.ts'
import { adviceFor, LIMITS_BEHIND } from './advice.ts'
import { failureOf } from './failure.ts'

test('a limit is named by the variable that raises it', () => {
  for (const [code, limit] of Object.entries(LIMITS_BEHIND))
    expect(adviceFor(new PackageError(code as keyof typeof LIMITS_BEHIND, ''))).toContain(
      ` ${limitVariable(limit)} raises`,
    )
})

test('a registry without TLS is told apart from one that is not trusted', () => {
  expect(adviceFor(new RegistryError('certificate', 'x does not speak HTTPS'))).toMatch(/^--plain /)
  expect(adviceFor(new RegistryError('certificate', 'x is not trusted'))).toMatch(/^--registry-ca FILE /)
})

test('where the message says it all there is nothing to add', () => {
  for (const error of [new Error('x'), new PackageError('yaml-tag', ''), 'x', null])
    expect(failureOf(error).advice).toBeNull()
})
