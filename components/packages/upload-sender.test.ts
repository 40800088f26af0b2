import { expect, test, vi } from 'vitest'
import { NetworkError, ProblemError } from '#lib/browser/problem-error.ts'
import type { Problem, ProblemCode } from '#lib/contract/problem.ts'
import type { UploadView } from '#lib/contract/upload.ts'
import { packageFiles } from './package-files.ts'
import { UploadSender } from './upload-sender.ts'

const problem = (code: ProblemCode) => new ProblemError({ code, detail: code } as Problem)

/** A console that keeps what it gets, and breaks when told to. */
function fakeConsole() {
  const uploads = new Map<string, { size: number; bytes: string; name: string; lastModified: number }>()
  const faults: ((arrived: string) => { kept: string; error: Error })[] = []
  const held: (() => void)[] = []
  let isHolding = false
  let next = 0
  const view = (id: string): UploadView => {
    const { size, bytes, name, lastModified } = uploads.get(id) ?? {
      size: 0,
      bytes: '',
      name: '',
      lastModified: 0,
    }
    const state = bytes.length < size ? 'uploading' : 'reading'
    return {
      id,
      size,
      received: bytes.length,
      state,
      fileName: name,
      lastModified,
      isMine: true,
    } as UploadView
  }
  const sender = new UploadSender({
    create: ({ fileName, size, lastModified = 0 }) => {
      const id = `u${next++}`
      uploads.set(id, { size, bytes: '', name: fileName, lastModified })
      return Promise.resolve(view(id))
    },
    discard: (id) => Promise.resolve(uploads.delete(id)),
    look: (id) => Promise.resolve(view(id)),
    sendPart: async (id, part, offset, { signal, onProgress }) => {
      const upload = uploads.get(id)
      if (upload?.bytes.length !== offset) throw problem('conflict')
      if (isHolding) await new Promise<void>((go) => held.push(go))
      signal.throwIfAborted()
      const text = await part.text()
      const fault = faults.shift()?.(text)
      upload.bytes += fault?.kept ?? text
      if (fault) throw fault.error
      onProgress(text.length)
      return view(id)
    },
    newKey: () => `k${next++}`,
    now: () => 0,
    wait: () => Promise.resolve(),
  })
  const hold = (on: boolean) => {
    isHolding = on
    if (!on) for (const go of held.splice(0)) go()
  }
  return { sender, uploads, faults, hold, view }
}

const file = (name: string, text = 'hello') => new File([text], name, { lastModified: 7 })
const states = ({ files }: UploadSender) => files().map(({ state }) => state)

test('a broken connection is waited out, and goes on with what arrived', async () => {
  const { sender, uploads, faults } = fakeConsole()
  faults.push((text) => ({ kept: text.slice(0, 2), error: new NetworkError('cut') }))
  faults.push(() => ({ kept: '', error: problem('unavailable') }))
  faults.push(() => ({ kept: '', error: problem('no-space') }))
  sender.add(packageFiles([file('a.tgz')], null), [])
  await vi.waitFor(() => {
    expect(states(sender)).toEqual(['sent'])
  })
  expect([...uploads.values()].map(({ bytes }) => bytes)).toEqual(['hello'])
})

test('two at a time; a paused one leaves its place and goes on later', async () => {
  const { sender, uploads, hold } = fakeConsole()
  hold(true)
  sender.add(packageFiles([file('a.tgz'), file('b.tgz'), file('c.tgz')], null), [])
  expect(states(sender)).toEqual(['sending', 'sending', 'waiting'])
  await vi.waitFor(() => {
    expect(uploads.size).toBe(2)
  })
  const key = sender.files()[0]?.key ?? ''
  sender.pause(key)
  hold(false)
  await vi.waitFor(() => {
    expect(states(sender)).toEqual(['paused', 'sent', 'sent'])
  })
  sender.resume(key)
  await vi.waitFor(() => {
    expect(states(sender)).toEqual(['sent', 'sent', 'sent'])
  })
  expect([...uploads.values()].map(({ bytes }) => bytes)).toEqual(['hello', 'hello', 'hello'])
})

test('the same file chosen after a reload goes on with its upload; another does not', async () => {
  const { sender, uploads, view } = fakeConsole()
  uploads.set('old', { size: 5, bytes: 'he', name: 'a.tgz', lastModified: 7 })
  sender.add(packageFiles([file('a.tgz'), file('b.tgz')], null), [view('old')])
  await vi.waitFor(() => {
    expect(states(sender)).toEqual(['sent', 'sent'])
  })
  expect(uploads.get('old')?.bytes).toBe('hello')
  expect(uploads.size).toBe(2)
})

test('what is refused stays, and a cancelled one sends no more', async () => {
  const { sender, faults, hold } = fakeConsole()
  faults.push(() => ({ kept: '', error: problem('too-large') }))
  sender.add(packageFiles([file('a.tgz')], null), [])
  await vi.waitFor(() => {
    expect(states(sender)).toEqual(['failed'])
  })
  hold(true)
  sender.add(packageFiles([file('b.tgz')], null), [])
  sender.cancel(sender.files()[1]?.key ?? '')
  hold(false)
  await vi.waitFor(() => {
    expect(states(sender)).toEqual(['failed', 'cancelled'])
  })
  sender.remove(sender.files().map(({ key }) => key))
  expect(sender.files()).toEqual([])
})

test('paused or cancelled before the console answered who it is', async () => {
  const { sender, uploads } = fakeConsole()
  sender.add(packageFiles([file('a.tgz'), file('b.tgz')], null), [])
  const [paused = '', cancelled = ''] = sender.files().map(({ key }) => key)
  sender.pause(paused)
  sender.cancel(cancelled)
  await vi.waitFor(() => {
    expect(sender.files()[0]?.upload).not.toBeNull()
  })
  expect(states(sender)).toEqual(['paused', 'cancelled'])
  await vi.waitFor(() => {
    expect([...uploads.values()].map(({ name }) => name)).toEqual(['a.tgz'])
  })
  sender.resume(paused)
  await vi.waitFor(() => {
    expect(states(sender)).toEqual(['sent', 'cancelled'])
  })
})
