import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../commands.ts'
import { fishScript } from './fish-script.ts'
import { zshScript } from './zsh-script.ts'

const has = (...programs: string[]) =>
  programs.every((program) =>
    (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, program))),
  )

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'completion-'))
  await mkdir(join(cwd, 'packages'))
  await writeFile(join(cwd, 'own.tgz'), '')
  await writeFile(join(cwd, 'violet.fish'), fishScript(COMMANDS))
  await writeFile(join(cwd, '_violet'), zshScript(COMMANDS))
})
afterAll(() => rm(cwd, { recursive: true }))

describe.skipIf(!has('fish'))('fish', () => {
  const complete = async (line: string): Promise<string[]> => {
    const script = 'source ./violet.fish; complete -C $argv[1]'
    const args = ['--no-config', '-c', script, line]
    const { stdout } = await promisify(execFile)('fish', args, { cwd, env: { ...process.env, HOME: cwd } })
    return stdout.split('\n').flatMap((entry) => entry.split('\t', 1)[0] || [])
  }

  test('knows commands, flags, values and what takes files', async () => {
    expect((await complete('violet ')).toSorted()).toEqual(
      ['help', ...COMMANDS.map(({ name }) => name)].toSorted(),
    )
    expect(await complete('violet gc --keep')).toEqual(['--keep-newest'])
    expect(await complete('violet -o json push --dry')).toEqual(['--dry-run'])
    expect((await complete('violet push --output ')).toSorted()).toEqual(['json', 'text'])
    expect(await complete('violet completion f')).toEqual(['fish'])
    expect(await complete('violet help sh')).toEqual(['show'])
    expect(await complete('violet show o')).toEqual(['own.tgz'])
    expect(await complete('violet package ')).toEqual(['packages/'])
    expect(await complete('violet push --username ')).toEqual([])
    expect(await complete('violet --vers')).toEqual(['--version'])
  })
})

// What `script` takes differs elsewhere.
describe.skipIf(process.platform !== 'linux' || !has('zsh', 'script'))('zsh', () => {
  const PROMPT = 'ready> '

  /** What becomes of each line when Tab is pressed behind it: on a terminal of its own, for zsh completes nowhere else. */
  const complete = async (...lines: string[]): Promise<string[]> => {
    // Emacs' keys even where npm says EDITOR=vi.
    await writeFile(
      join(cwd, '.zshrc'),
      `PS1='${PROMPT}'; bindkey -e; setopt no_beep; fpath=(${cwd} $fpath); autoload -Uz compinit; compinit -u -D`,
    )
    const child = spawn('script', ['-qec', 'zsh -d -i', '/dev/null'], {
      cwd,
      env: { ...process.env, ZDOTDIR: cwd, HOME: cwd, TERM: 'dumb' },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    // Ctrl-A: the completed line becomes the words of a print.
    const typed = lines.map((line) => `${line}\t\u0001print -r -- GOT `)
    let output = ''
    let unanswered = ''
    for await (const chunk of child.stdout) {
      output += String(chunk)
      unanswered += String(chunk)
      // What is typed before zsh asks for it would be read by the terminal, Tab and all.
      if (unanswered.includes(PROMPT)) {
        unanswered = ''
        child.stdin.write(`${typed.shift() ?? 'exit'}\n`)
      }
    }
    return output.split(/\r?\n/).flatMap((line) => /^GOT (.*?) *$/.exec(line)?.[1] ?? [])
  }

  test('knows commands, flags, values and what takes files', async () => {
    expect(
      await complete(
        'violet pac',
        'violet gc --keep',
        'violet -o json push --dry',
        'violet push --output=j',
        'violet push -o t',
        'violet completion f',
        'violet help sh',
        'violet show o',
        'violet package pa',
        'violet --vers',
      ),
    ).toEqual([
      'violet package',
      'violet gc --keep-newest',
      'violet -o json push --dry-run',
      'violet push --output=json',
      'violet push -o text',
      'violet completion fish',
      'violet help show',
      'violet show own.tgz',
      'violet package packages',
      'violet --version',
    ])
  })
})
