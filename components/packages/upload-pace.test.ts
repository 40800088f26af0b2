import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { UploadView } from '#lib/contract/upload.ts'
import { notePace, paceQuery } from './upload-pace.ts'

const told = (state: UploadView['state'], doneBytes: number | null) => ({
  id: 'u1',
  state,
  progress: doneBytes === null ? null : { artifact: 'ait/one:v1', doneBytes, totalBytes: 10_000 },
})

test('the pace is that of what was told, and ends with the push', () => {
  const client = new QueryClient()
  const pace = () => client.getQueryData(paceQuery('u1').queryKey)
  notePace(client, told('publishing', null), 0)
  expect(pace()).toBeNull()
  // A page that opens late does not take all that was done for the work of a moment.
  notePace(client, told('publishing', 5000), 1000)
  expect(pace()).toMatchObject({ bytesPerSecond: null, sent: 5000 })
  for (let second = 2; second < 6; second++)
    notePace(client, told('publishing', 4000 + second * 1000), second * 1000)
  expect(pace()?.bytesPerSecond).toBeCloseTo(1000, -2)
  notePace(client, told('inspected', null), 7000)
  expect(pace()).toBeNull()
})
