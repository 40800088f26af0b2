import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { byteText } from './byte-text.ts'
import { progressLine, startProgress } from './progress.ts'
import { Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'

function stage({ isTTY = false, isJson = false } = {}) {
  const streams = {
    stdout: new PassThrough(),
    stderr: Object.assign(new PassThrough(), { isTTY, columns: 40 }),
    stdin: Object.assign(new PassThrough(), { isTTY }),
  }
  const terminal = new Terminal(streams, { isJson })
  const read = (stream: PassThrough) => String(stream.read() ?? '')
  return { terminal, streams, out: () => read(streams.stdout), err: () => read(streams.stderr) }
}

test('a stranger’s text can not steer the terminal', () => {
  const { terminal, out, err } = stage()
  terminal.result({}, 'a\u001b[31mred\u009b2J\u202ebc')
  terminal.say('\u001b]0;title\u0007x')
  expect(out()).toBe('a[31mred2Jbc\n')
  expect(err()).toBe(']0;titlex\n')
})

test('JSON keeps it, but not as it would act', () => {
  const { terminal, out } = stage({ isJson: true })
  const value = { text: '\u001b[31m \u009b2J \u202e 中文' }
  terminal.result(value, 'nobody sees this')
  const json = out()
  expect(JSON.parse(json)).toEqual(value)
  for (const active of ['\u001b', '\u009b', '\u202e']) expect(json).not.toContain(active)
  expect(json).toContain('中文')
})

test('secrets are told to nobody, however they are written', () => {
  const { terminal, err } = stage()
  terminal.hide('p"ss w/rd')
  terminal.hide('abc')
  terminal.say(`p"ss w/rd, ${encodeURIComponent('p"ss w/rd')}, ${JSON.stringify('p"ss w/rd')}, abc`)
  expect(err()).toBe('***, ***, "***", abc\n')
})

test('a bar is drawn on a terminal and taken away before anything is said', () => {
  const { terminal, err } = stage({ isTTY: true })
  const progress = startProgress(terminal, 'Reading x')
  progress.update(512, 1024)
  terminal.say('done')
  const [label, bar, rest] = err().split('\r\u001b[K')
  expect([label, rest]).toEqual(['Reading x', 'done\n'])
  expect(bar).toMatch(/^Reading x {2}\[#{12}\.{12}\]/)
})

test('elsewhere there is one plain line', () => {
  const { terminal, err } = stage()
  const progress = startProgress(terminal, 'Reading x')
  progress.update(512, 1024)
  progress.end()
  expect(err()).toBe('Reading x\n')
})

test('a bar tells share, speed and what is left', () => {
  expect(progressLine('x', 3 * 1024 * 1024, 12 * 1024 * 1024, 30)).toBe(
    'x  [######..................] 25 %  3.0 MiB  102 KiB/s  1:30',
  )
  expect(progressLine('x', 2048, 0, 2)).toBe('x  2.0 KiB  1.0 KiB/s')
  expect(progressLine('x', 0, 100, 0)).toContain('0 %')
  expect(byteText(1536)).toBe('1.5 KiB')
  expect(byteText(999)).toBe('999 B')
})

test('columns line up, Chinese ones too', () => {
  expect(
    textTable(
      ['A', 'B'],
      [
        ['日志', 'x'],
        ['log\nger', 'y'],
      ],
    ),
  ).toBe('A        B\n日志     x\nlog ger  y')
})

const { signal } = new AbortController()

test('standard input brings a secret without its line end, and no book', async () => {
  const { terminal, streams } = stage()
  streams.stdin.end('s3cret \n')
  expect(await terminal.readSecret('Password', signal)).toBe('s3cret ')
  const other = stage()
  other.streams.stdin.end('x'.repeat(100_000))
  await expect(other.terminal.readSecret('Password', signal)).rejects.toThrow('more than')
})

test('a secret that is typed is not shown', async () => {
  const { terminal, streams, out, err } = stage({ isTTY: true })
  const typed = terminal.readSecret('Platform password', signal)
  streams.stdin.write('hunter22\b3\r')
  expect(await typed).toBe('hunter23')
  expect([out(), err()]).toEqual(['', 'Platform password: \n'])
})

test.each([true, false])('waiting for a secret ends with the interruption (terminal: %s)', async (isTTY) => {
  const interruption = new AbortController()
  const { terminal } = stage({ isTTY })
  const asked = terminal.readSecret('Password', interruption.signal)
  interruption.abort()
  await expect(asked).rejects.toThrow('abort')
  await expect(terminal.readSecret('Password', interruption.signal)).rejects.toThrow('abort')
})

test.each([
  ['y\n', true],
  ['YES\n', true],
  ['\n', false],
  ['no\n', false],
  ['yikes\n', false],
])('%j answers a question with %s', async (answer, expected) => {
  const { terminal, streams, err } = stage({ isTTY: true })
  const asked = terminal.confirm('Remove 2 versions?', new AbortController().signal)
  streams.stdin.write(answer)
  expect(await asked).toBe(expected)
  expect(err()).toContain('Remove 2 versions? [y/N] ')
})

test('a question nobody can answer has no answer; one that is interrupted ends', async () => {
  expect(await stage().terminal.confirm('Sure?', new AbortController().signal)).toBeUndefined()
  const { terminal } = stage({ isTTY: true })
  await expect(terminal.confirm('Sure?', AbortSignal.abort())).rejects.toThrow('abort')
})
