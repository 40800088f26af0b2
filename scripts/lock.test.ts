import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withLock } from './lock.mjs'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lock-'))
})

afterEach(() => rm(root, { recursive: true, force: true }))

test('work of one name runs one after the other, and leaves nothing behind', async () => {
  let running = 0
  const work = async () => {
    running += 1
    expect(running).toBe(1)
    await sleep(20)
    running -= 1
  }
  await Promise.all([withLock(root, 'build', work), withLock(root, 'build', work)])
  expect(await readdir(join(root, '.cache'))).toEqual([])
})

test('work that fails gives the lock back', async () => {
  await expect(withLock(root, 'build', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await withLock(root, 'build', () => Promise.resolve('yes'))).toBe('yes')
})

test('a lock whose process is gone, or is another one by now, is taken over', async () => {
  await mkdir(join(root, '.cache'))
  const gone = spawnSync(process.execPath, ['--version']).pid
  const holders = [`${gone} 12345`, String(gone), 'garbage', '']
  // Only Linux tells a process from a later one with the same id.
  if (process.platform === 'linux') holders.push(`${process.pid} 1`)
  for (const holder of holders) {
    await writeFile(join(root, '.cache/build.lock'), holder)
    expect(await withLock(root, 'build', () => Promise.resolve('done'))).toBe('done')
  }
})
