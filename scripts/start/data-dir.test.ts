import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDataDir } from './data-dir.ts'

let home: string
let data: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'data-dir-'))
  data = join(home, 'data')
})

afterEach(() => rm(home, { recursive: true, force: true }))

test('makes the folder, and opens it again with what is in it', async () => {
  const close = await openDataDir(data, false)
  await writeFile(join(data, 'objects.db'), 'precious')
  await close()
  await (
    await openDataDir(data, false)
  )()
  expect(await readFile(join(data, 'objects.db'), 'utf8')).toBe('precious')
})

test('fresh empties it', async () => {
  await (
    await openDataDir(data, false)
  )()
  await mkdir(join(data, 'deep/er'), { recursive: true })
  await writeFile(join(data, 'objects.db'), 'old')
  await (
    await openDataDir(data, true)
  )()
  expect(await readdir(data)).toHaveLength(1)
})

test("a stranger's folder is left alone, fresh or not", async () => {
  await writeFile(join(home, 'thesis.txt'), 'years of work')
  await expect(openDataDir(home, true)).rejects.toThrow('no data folder of this console')
  await expect(openDataDir(home, false)).rejects.toThrow('--data')
  expect(await readdir(home)).toEqual(['thesis.txt'])
})

test('is for one at a time, and fresh does not touch what is in use', async () => {
  const close = await openDataDir(data, false)
  await writeFile(join(data, 'objects.db'), 'in use')
  await expect(openDataDir(data, true)).rejects.toThrow(
    `in use by another npm start (process ${process.pid})`,
  )
  expect(await readFile(join(data, 'objects.db'), 'utf8')).toBe('in use')
  await close()
  await (
    await openDataDir(data, false)
  )()
})

test('a lock whose process is gone, or is another one by now, is taken over', async () => {
  await (
    await openDataDir(data, false)
  )()
  const gone = spawnSync(process.execPath, ['--version']).pid
  for (const holder of [`${gone} 12345`, `${process.pid} 1`, 'garbage', '']) {
    await writeFile(join(data, 'lock'), holder)
    await (
      await openDataDir(data, false)
    )()
  }
})

test('a path that is a file is refused in one line', async () => {
  await writeFile(data, '')
  await expect(openDataDir(data, false)).rejects.toThrow(/^.+can't be used for data: .+$/)
})
