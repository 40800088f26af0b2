import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { importProblem, roomOf } from './plugin.ts'

const ROOT = resolve(import.meta.dirname, '..')

describe('rooms', () => {
  test('the longest folder decides', () => {
    expect(roomOf('components/ui/button.tsx')?.path).toBe('components/ui')
    expect(roomOf('components/plugins/table.tsx')?.path).toBe('components')
    expect(roomOf('scripts/start.mjs')).toBeUndefined()
  })

  test.each([
    ['lib/domain/status.ts', '#lib/kube/client.ts'],
    ['lib/domain/status.ts', '../kube/client.ts'],
    ['lib/server/services/list-plugins.ts', '#platform/controllers/main.ts'],
    ['components/ui/button.tsx', '#lib/domain/status.ts'],
    ['components/plugins/table.tsx', '@rjsf/core'],
    ['lib/server/runtime.ts', '@kubernetes/client-node'],
    ['lib/browser/queries/plugins.ts', 'node:fs'],
    ['e2e/specs/install.spec.ts', '#lib/domain/status.ts'],
  ])('%s may not import %s', (file, specifier) => {
    expect(importProblem(file, specifier)).toBeTypeOf('string')
  })

  test.each([
    ['lib/domain/status.ts', '#lib/kinds/module-info.ts'],
    ['lib/domain/status.ts', './semver.ts'],
    ['components/form/form.tsx', '@rjsf/core'],
    ['lib/kube/config.ts', '@kubernetes/client-node'],
    ['lib/kube/config.ts', 'node:fs'],
  ])('%s may import %s', (file, specifier) => {
    expect(importProblem(file, specifier)).toBeUndefined()
  })

  test('the linter reports a wrong import', async () => {
    const folder = await mkdtemp(join(ROOT, 'lib/domain/lint-probe-'))
    try {
      await writeFile(
        join(folder, 'probe.ts'),
        "import { x } from '#lib/kube/client.ts'\n\nexport const y = x\n",
      )
      const run = promisify(execFile)(join(ROOT, 'node_modules/.bin/oxlint'), [folder], { cwd: ROOT })
      await expect(run).rejects.toMatchObject({
        stdout: expect.stringContaining('lib/domain may not import lib/kube'),
      })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }, 30_000)
})
