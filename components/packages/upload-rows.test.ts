import { expect, test } from 'vitest'
import type { UploadStep } from '#lib/contract/package.ts'
import type { UploadState, UploadView } from '#lib/contract/upload.ts'
import type { SentFile } from './upload-sender.ts'
import { isConflict, uploadRows } from './upload-rows.ts'

const view = (id: string, state: UploadState, isMine = true) =>
  ({ id, state, isMine, fileName: `${id}.tgz`, size: 9, steps: [] as UploadStep[] }) as UploadView
const local = (key: string, upload: string | null, state: SentFile['state']) =>
  ({ key, upload, state, chosen: { file: new File(['x'], `${key}.tgz`) } }) as SentFile

test('files and what the console has of them are one row', () => {
  const rows = uploadRows(
    [
      local('a', null, 'sending'),
      local('b', 'u1', 'sent'),
      local('c', 'u2', 'sent'),
      local('d', 'u3', 'sending'),
    ],
    [view('u1', 'uploading'), view('u2', 'inspected'), view('u3', 'cancelled')],
  )
  expect(rows.map(({ fileName, state }) => [fileName, state])).toEqual([
    ['a.tgz', 'sending'],
    ['b.tgz', 'reading'],
    ['c.tgz', 'inspected'],
    ['d.tgz', 'cancelled'],
  ])
})

test('own uploads that no file here belongs to are told apart; others’ and ended ones are not listed', () => {
  const views = [
    view('x', 'uploading'),
    view('y', 'inspected'),
    view('z', 'published'),
    view('other', 'inspected', false),
  ]
  expect(uploadRows([], views).map(({ key, state }) => [key, state])).toEqual([
    ['y', 'inspected'],
    ['x', 'interrupted'],
  ])
})

test('a file’s row stays the same one when the console has given it an id', () => {
  const keys = (files: readonly SentFile[], views: readonly UploadView[]) =>
    uploadRows(files, views).map(({ key }) => key)
  expect(keys([local('a', null, 'sending')], [])).toEqual(['a'])
  expect(keys([local('a', 'u1', 'sending')], [view('u1', 'uploading')])).toEqual(['a'])
})

test('an upload that is told before this tab knows its id is no second row', () => {
  const file = new File(['x'], 'a.tgz', { lastModified: 7 })
  const files = [{ key: 'a', upload: null, state: 'sending', chosen: { file } }] as unknown as SentFile[]
  const told = { ...view('u1', 'uploading'), fileName: 'a.tgz', size: 1, lastModified: 7 }
  expect(uploadRows(files, [told]).map(({ key }) => key)).toEqual(['a'])
  expect(uploadRows(files, [{ ...told, lastModified: 8 }])).toHaveLength(2)
})

test('what the console has yet to begin waits; what it could not read is told apart', () => {
  const steps = (read: string, publish = 'pending') =>
    [
      { name: 'receive', state: 'done' },
      { name: 'verify', state: 'pending' },
      { name: 'read', state: read },
      { name: 'push', state: 'pending' },
      { name: 'publish', state: publish },
    ] as UploadView['steps']
  const views = [
    { ...view('a', 'reading'), steps: steps('pending') },
    { ...view('b', 'reading'), steps: steps('running') },
    { ...view('c', 'publishing'), steps: steps('done') },
    { ...view('d', 'publishing'), steps: steps('done', 'running') },
    { ...view('e', 'uploading'), received: 9, steps: steps('failed') },
  ]
  const expected = ['waiting', 'reading', 'waiting', 'publishing', 'unread']
  expect(uploadRows([], views).map(({ state }) => state)).toEqual(expected.toReversed())
  const files = views.map(({ id }) => local(id, id, 'sent'))
  expect(uploadRows(files, views).map(({ state }) => state)).toEqual(expected)
})

test('what could not be published says so, and is not ready as if nothing had been', () => {
  const steps = [{ name: 'push', state: 'failed', detail: 'no' }] as const
  const failed = { ...view('u1', 'inspected'), steps: [...steps] }
  expect(uploadRows([], [failed])[0]).toMatchObject({ state: 'unpublished' })
  expect(isConflict(failed)).toBe(false)
  const verdict = { code: 'tag-conflict', params: {} } as const
  expect(isConflict({ steps: [{ ...steps[0], verdict }] })).toBe(true)
})
