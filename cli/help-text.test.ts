import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from './commands.ts'
import { bashScript } from './completion/bash-script.ts'
import { fishScript } from './completion/fish-script.ts'
import { zshScript } from './completion/zsh-script.ts'
import { EXIT_MEANINGS } from './exit-code.ts'
import { commandText, overviewText } from './help-text.ts'
import { optionsOf, parseCommandLine } from './parse-command-line.ts'
import { referencePage } from './reference-page.ts'

const run = promisify(execFile)

/** A line of shell as the words of one command; what follows a pipe or a redirection is left out. */
function wordsOf(line: string): string[] {
  const [command = ''] = line.split(/ [|<>] /)
  return (command.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''))
}

describe('help', () => {
  test('lists every command and every exit code', () => {
    const text = overviewText(COMMANDS)
    for (const { name, summary } of COMMANDS)
      expect(text).toMatch(new RegExp(`^  ${name} +${summary.slice(0, 30)}`, 'm'))
    for (const meaning of Object.values(EXIT_MEANINGS)) expect(text).toContain(meaning.slice(0, 40))
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  test.each(COMMANDS.map((command) => [command.name, command] as const))(
    'of %s explains all of it',
    (_, command) => {
      const text = commandText(command)
      for (const name of Object.keys(optionsOf(command))) expect(text).toContain(`--${name}`)
      for (const { name } of command.operands) expect(text).toContain(name)
      expect(command.examples.length).toBeGreaterThan(0)
      for (const line of text.split('\n').slice(0, text.split('\n').indexOf('Examples:')))
        expect(line.length).toBeLessThanOrEqual(100)
    },
  )

  test.each(COMMANDS.flatMap(({ examples }) => examples.map(({ command }) => [command])))(
    'the example is right: %s',
    (line) => {
      const start = line.indexOf('violet ')
      const [, ...args] = wordsOf(line.slice(start).replace(/\)$/, ''))
      expect(parseCommandLine(args, COMMANDS, {})).toHaveProperty('command')
    },
  )
})

test('docs/violet.md says the same; npm run docs:violet writes it', async () => {
  const page = await readFile(resolve(import.meta.dirname, '../docs/violet.md'), 'utf8')
  expect(page).toBe(referencePage(COMMANDS))
})

describe('completion', () => {
  const complete = async (words: string[]): Promise<string[]> => {
    const script = `${bashScript(COMMANDS)}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _violet; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout } = await run('bash', ['--norc', '-c', script, 'bash', ...words])
    return stdout.split('\n').filter((line) => line !== '')
  }

  test('of bash knows commands, flags and values', async () => {
    expect(await complete(['violet', 'p'])).toEqual(
      COMMANDS.map(({ name }) => name).filter((name) => name.startsWith('p')),
    )
    expect(await complete(['violet', 'gc', '--keep'])).toEqual(['--keep-newest'])
    expect(await complete(['violet', '--debug', 'gc', '--kub'])).toEqual(['--kubeconfig'])
    expect(await complete(['violet', 'list', '-o', ''])).toEqual(['text', 'json'])
    expect(await complete(['violet', 'completion', 'f'])).toEqual(['fish'])
    expect(await complete(['violet', '-o', 'json', 'gc', '--keep'])).toEqual(['--keep-newest'])
    expect(await complete(['violet', 'help', 'sh'])).toEqual(['show'])
    expect(await complete(['violet', '--vers'])).toEqual(['--version'])
    // As bash splits `--output=j`.
    expect(await complete(['violet', 'list', '--output', '=', 'j'])).toEqual(['json'])
    expect(await complete(['violet', '--output', '=', 'json', 'gc', '--keep'])).toEqual(['--keep-newest'])
  })

  test.each([
    ['zsh', zshScript(COMMANDS)],
    ['fish', fishScript(COMMANDS)],
  ])('of %s names every flag, in balanced quotes', (_, script) => {
    for (const command of COMMANDS)
      for (const name of Object.keys(optionsOf(command)))
        expect(script).toMatch(new RegExp(`(?:--|-l )${name}\\b`))
    // Quotes inside a quoted text are escaped in each shell's own way.
    const bare = script.replaceAll(String.raw`'\''`, '').replaceAll(String.raw`\'`, '')
    for (const line of bare.split('\n')) expect((line.match(/'/g) ?? []).length % 2).toBe(0)
  })
})
