import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defineCommand } from './command.ts'
import { COMMANDS } from './commands.ts'
import { EXIT } from './exit-code.ts'
import { parseCommandLine } from './parse-command-line.ts'
import { UsageError } from './usage-error.ts'

const PLAY = defineCommand({
  name: 'play',
  summary: 'Play',
  description: [],
  operands: [
    { name: 'SIDE', summary: 'a or b', choices: ['a', 'b'] },
    { name: 'MORE', summary: 'more', optional: true },
  ],
  options: {
    song: { type: 'string', value: 'NAME', multiple: true, summary: 'A song' },
    volume: { type: 'string', default: '5', short: 'v', environment: 'PLAY_VOLUME', summary: 'How loud' },
    key: { type: 'string', secret: true, environment: 'PLAY_KEY', choices: ['c', 'd'], summary: 'The key' },
    loop: { type: 'boolean', summary: 'Again' },
  },
  document: [],
  examples: [],
  run: () => Promise.resolve(EXIT.done),
})

const parse = (args: string[], environment: Record<string, string> = {}) =>
  parseCommandLine(args, [PLAY], environment)

describe('a command line', () => {
  test('is read wherever its flags stand', () => {
    const args = ['--loop', 'play', '--song', 'x', 'a', '--song=y=z', '-v', '7', '--', '--not-a-flag']
    expect(parse(args)).toMatchObject({
      command: PLAY,
      operands: ['a', '--not-a-flag'],
      options: { song: ['x', 'y=z'], volume: '7', loop: true, 'dry-run': false, output: 'text' },
    })
  })

  test('flags of every command may come before it, with their values', () => {
    expect(parse(['-o', 'json', 'play', 'a'])).toMatchObject({ command: PLAY, options: { output: 'json' } })
    expect(parse(['--output', 'json', '--debug', 'play', 'a'])).toMatchObject({ options: { debug: true } })
    expect(parse(['--output=json', 'play', 'a'])).toMatchObject({ options: { output: 'json' } })
    expect(() => parse(['-o', 'yaml', 'play', 'a'])).toThrow('one of text, json')
  })

  test('asks for the version', () => {
    expect(parse(['--version'])).toBe('version')
    expect(parse(['--version', '-o', 'json'])).toBe('version')
    expect(() => parse(['play', '--version'])).toThrow('no flag --version')
  })

  test('takes defaults, and variables before them', () => {
    expect(parse(['play', 'a'])).toMatchObject({ options: { volume: '5', song: [], key: undefined } })
    expect(parse(['play', 'a'], { PLAY_VOLUME: '9' })).toMatchObject({ options: { volume: '9' } })
    expect(parse(['play', 'a', '--volume', '1'], { PLAY_VOLUME: '9' })).toMatchObject({
      options: { volume: '1' },
    })
    expect(parse(['play', 'a'], { PLAY_VOLUME: '' })).toMatchObject({ options: { volume: '5' } })
  })

  test('switches flags off, too', () => {
    expect(parse(['play', 'a', '--loop=false'])).toMatchObject({ options: { loop: false } })
  })

  test.each([
    [[], ''],
    [['--help'], ''],
    [['help'], ''],
    [['-o', 'json'], ''],
    [['--version', '--help'], ''],
    [['help', 'play'], 'play'],
    [['play', '--help'], 'play'],
    [['play', '-h', '--no-such'], 'play'],
  ])('%j asks for help', (args, helpFor) => expect(parse(args)).toEqual({ helpFor }))

  test.each<[string[], RegExp]>([
    [['pley', 'a'], /no command 'pley'. Did you mean play\?/],
    [['help', 'pley'], /Did you mean play/],
    [['--verison'], /no flag --verison. Did you mean --version\?/],
    [['play', 'a', '--sogn', 'x'], /no flag --sogn. Did you mean --song\?/],
    [['play', 'a', '-x'], /no flag -x\b/],
    [['play', 'a', '--song'], /--song needs a value: --song NAME/],
    [['play', 'a', '--song', '--loop'], /--song=VALUE/],
    [['play', 'a', '--loop=perhaps'], /takes no value/],
    [['play', 'a', '-o', 'yaml'], /one of text, json/],
    [['play'], /SIDE is missing/],
    [['play', ''], /SIDE is empty/],
    [['play', 'c'], /SIDE can not be 'c': it is one of a, b/],
    [['play', 'a', 'b', 'c'], /'c' is one too many/],
    [['play', 'a', '--__proto__', 'x'], /no flag --__proto__/],
    [['play', 'a', '--constructor'], /no flag --constructor/],
  ])('%j is refused', (args, message) => {
    expect(() => parse(args)).toThrow(UsageError)
    expect(() => parse(args)).toThrow(message)
  })

  test('never repeats a secret that is refused', () => {
    expect(() => parse(['play', 'a', '--key', 'hunter22'])).toThrow(/^--key can not be: it is one of c, d.$/)
    expect(() => parse(['play', 'a'], { PLAY_KEY: 'hunter22' })).toThrow(/^\$PLAY_KEY can not be: it/)
  })

  test('whatever it is, is read or refused', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(...COMMANDS.map(({ name }) => name), '--', '-', '--output', '-o', '--all', '=', '--=x'),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (args) => {
        try {
          parseCommandLine(args, COMMANDS, {})
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError)
        }
      }),
    )
  })
})
