import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '#lib/kinds/object.ts'
import { renderTemplate } from './render-template.ts'
import { TemplateError } from './template-error.ts'

const DATA: Json = {
  ClusterName: 'business',
  IsGlobal: false,
  Replicas: 3,
  MiConfig: {
    storage: { type: 'ClickHouse', nodes: ['192.0.2.11', '192.0.2.12'] },
    dataSource: { audit: true, event: false },
    size: null,
    'with-dash': 'x',
    empty: {},
  },
}
const render = (source: string): string => renderTemplate(source, DATA)

/** What went wrong, as text. */
function failure(source: string, data: Json = DATA): string {
  try {
    renderTemplate(source, data)
  } catch (error) {
    expect(error).toBeInstanceOf(TemplateError)
    return (error as TemplateError).message
  }
  return expect.fail(`${source} should have failed`)
}

describe('actions', () => {
  test.each([
    ['plain {{ text }}', 'plain {{ text }}'],
    ['<< .ClusterName >>', 'business'],
    ['<<.Replicas>>/<< .IsGlobal >>', '3/false'],
    ['<< .MiConfig.storage.type >>', 'ClickHouse'],
    ['[<< .MiConfig.no.such.thing >>]', '[]'],
    ['[<< .MiConfig.size >>]', '[]'],
    ['<< $.MiConfig.storage.type | lower | printf "%s-%d" >>', undefined],
    ['<< printf "%s-%d" (.MiConfig.storage.type | lower) 7 >>', 'clickhouse-7'],
    ['<< (index .MiConfig "storage").type >>', 'ClickHouse'],
    ['<< index .MiConfig.storage.nodes 1 >>', '192.0.2.12'],
    ['<< index .MiConfig "with-dash" >>', 'x'],
    ['<< "a\\tb\\u00e9" >><< `raw\\n` >>', 'a\tbéraw\\n'],
    ["<< 'a' >> << 0x10 >> << -2.5 >> << 1e3 >>", '97 16 -2.5 1000'],
    ['<< .MiConfig.dataSource >>', 'map[audit:true event:false]'],
  ])('%s', (source, expected) => {
    if (expected === undefined) expect(failure(source)).toContain('line 1')
    else expect(render(source)).toBe(expected)
  })

  test('trim markers take the white space on their side alone', () => {
    expect(render('a \n <<- 1 >> b')).toBe('a1 b')
    expect(render('a << 1 ->> \n b')).toBe('a 1b')
    expect(render('a <<- /* gone */ ->> b')).toBe('ab')
    expect(render('a<</* gone\n */>>b')).toBe('ab')
    expect(render('<<-1>>')).toBe('-1')
  })

  test('a delimiter inside a text literal does not end the action', () => {
    expect(render('<< ">>" >>')).toBe('>>')
  })
})

describe('blocks', () => {
  test('if, else if, else', () => {
    const source = '<< if .a >>A<< else if eq .b "x" >>X<< else >>-<< end >>'
    expect(renderTemplate(source, { a: 1 })).toBe('A')
    expect(renderTemplate(source, { b: 'x' })).toBe('X')
    expect(renderTemplate(source, {})).toBe('-')
    expect(renderTemplate('<< if .m >>1<< end >><< if .l >>2<< end >>', { m: {}, l: [] })).toBe('')
  })

  test('range over lists, maps and numbers, with else, break and continue', () => {
    expect(render('<< range .MiConfig.storage.nodes >>- << . >>\n<< end >>')).toBe(
      '- 192.0.2.11\n- 192.0.2.12\n',
    )
    expect(render('<< range $i, $n := .MiConfig.storage.nodes >><< $i >>=<< $n >>;<< end >>')).toBe(
      '0=192.0.2.11;1=192.0.2.12;',
    )
    expect(render('<< range $k, $v := .MiConfig.dataSource >><< $k >>:<< $v >> << end >>')).toBe(
      'audit:true event:false ',
    )
    expect(render('<< range .MiConfig.none >>x<< else >>none<< end >>')).toBe('none')
    expect(
      render(
        '<< range $i := until 5 >><< if eq $i 1 >><< continue >><< end >><< if gt $i 2 >><< break >><< end >><< $i >><< end >>',
      ),
    ).toBe('02')
  })

  test('with narrows the dot and else gives it back', () => {
    expect(render('<< with .MiConfig.storage >><< .type >><< end >>')).toBe('ClickHouse')
    expect(render('<< with $s := .MiConfig.storage >><< $s.type >>@<< $.ClusterName >><< end >>')).toBe(
      'ClickHouse@business',
    )
    expect(render('<< with .MiConfig.none >>x<< else >><< .ClusterName >><< end >>')).toBe('business')
  })

  test('variables end with their block; = changes the outer one', () => {
    expect(render('<< $x := 1 >><< if true >><< $x := 2 >><< $x >><< end >><< $x >>')).toBe('21')
    expect(render('<< $x := 1 >><< if true >><< $x = 2 >><< end >><< $x >>')).toBe('2')
    expect(failure('<< if true >><< $y := 1 >><< end >>\n<< $y >>')).toBe('line 2: there is no variable $y')
  })
})

describe('functions', () => {
  test.each([
    [
      '<< eq 1 2 1 >> << ne "a" "b" >> << lt 1 2 >> << le "b" "a" >> << ge 2 2 >>',
      'true true true false true',
    ],
    ['<< and 1 0 (fail "never") >> << or 0 "x" (fail "never") >> << not "" >>', '0 x true'],
    ['<< .MiConfig.size | default "Small" | quote >>', '"Small"'],
    [
      '<< coalesce nil "" .ClusterName >> << ternary "y" "n" .IsGlobal >> << empty .MiConfig.empty >>',
      'business n true',
    ],
    ['<< quote "a\\"b" 1 >> << squote "it" >>', '"a\\"b" "1" \'it\''],
    [
      'x:<< toYaml .MiConfig.storage | nindent 2 >>',
      'x:\n  nodes:\n    - 192.0.2.11\n    - 192.0.2.12\n  type: ClickHouse',
    ],
    ['<< toJson .MiConfig.dataSource >>', '{"audit":true,"event":false}'],
    ['<< (fromJson `{"a":[1,2]}`).a | len >> << (fromYaml "b: 2").b >>', '2 2'],
    ['<< trim "  x " | upper >> << lower "AbC" >> << title "ab cd" >>', 'X abc Ab Cd'],
    [
      '<< replace "." "-" "1.2.3" >> << contains "b" "abc" >> << hasPrefix "v" "v1" >> << trimPrefix "v" "v1" >> << trimSuffix "1" "v1" >>',
      '1-2-3 true true 1 v',
    ],
    [
      '<< hasKey .MiConfig "size" >> << hasKey .MiConfig "nope" >> << hasKey .MiConfig "__proto__" >>',
      'true false false',
    ],
    ['<< join "," .MiConfig.storage.nodes >> << list 1 2 | join "+" >>', '192.0.2.11,192.0.2.12 1+2'],
    ['<< (dict "a" 1 "__proto__" 2) | toJson >>', '{"__proto__":2,"a":1}'],
    [
      '<< int "42" >> << int 4.9 >> << add 1 2 3 >> << div 7 2 >> << mod 7 2 >> << max 1 5 2 >> << round 2.345 2 >>',
      '42 4 6 3 1 5 2.35',
    ],
    [
      '<< printf "%05d|%-4s|%.2f|%q|%x|%t|%v|%%" 42 "ab" 1.5 "q" 255 true nil >>',
      '00042|ab  |1.50|"q"|ff|true|<nil>|%',
    ],
    ['<< b64enc "é" >> << b64enc "é" | b64dec >>', 'w6k= é'],
    [
      '<< keys .MiConfig.dataSource >> << has 2 (list 1 2) >> << uniq (list 1 1) >> << pick .MiConfig.dataSource "audit" >>',
      '[audit event] true [1] map[audit:true]',
    ],
    [
      '<< merge (dict "a" 1) (dict "a" 2 "b" 3) | toJson >> << mergeOverwrite (dict "a" 1) (dict "a" 2) | toJson >>',
      '{"a":1,"b":3} {"a":2}',
    ],
    [
      '<< len "é" >> << len .MiConfig.storage.nodes >> << slice "abcd" 1 3 >> << first (list 7 8) >>',
      '2 2 bc 7',
    ],
    ['<< .constructor >><< .MiConfig.toString >><< (dict).__proto__ >>', ''],
    [
      '<< kindIs "map" .MiConfig >> << kindOf 1.5 >> << trunc 2 "abc" >> << indent 2 "a\\nb" >>',
      'true float64 ab   a\n  b',
    ],
  ])('%s', (source, expected) => expect(render(source)).toBe(expected))
})

describe('errors name line and cause', () => {
  test.each([
    ['\n<< if .a >>', 'line 2: if has no end'],
    ['a\nb << end >>', 'line 2: end without a block'],
    ['<< else >>', 'line 1: else without a block'],
    ['<< if 1 >><< else >><< else >><< end >>', 'line 1: a second else'],
    ['\n\n<< nope 1 >>', 'line 3: there is no function nope'],
    ['<< .ClusterName.x >>', 'line 1: string has no field x'],
    ['<< index .MiConfig.storage.nodes 9 >>', 'line 1: index: index 9 is out of range (2)'],
    ['x\n<< required "size is needed" .MiConfig.size >>', 'line 2: required: size is needed'],
    ['<< 1 | 2 >>', 'line 1: only a function can take what a | passes on'],
    ['<< .a .b >>', 'line 1: arguments are given to something that is no function'],
    ['<< "open >>', 'line 1: an action has no closing >>'],
    ['<<\n\n # >>', 'line 3: unexpected "#"'],
    ['<< >>', 'line 1: an action is empty'],
    ['<< upper 1 >>', 'line 1: upper: argument 1 must be a text, not int'],
    ['<< upper >>', 'line 1: upper takes 1 arguments, not 0'],
    ['<< define "x" >><< end >>', 'line 1: define is not supported'],
    ['<< break >>', 'line 1: break outside of range'],
    ['<< div 1 0 >>', 'line 1: div: division by zero'],
    ['<< /* open >>', 'line 1: a comment has no end'],
    ['<< range $a, $b := 3 >><< end >><< $a, $b := 3 >>', 'line 1: two variables stand only in range'],
  ])('%s', (source, message) => expect(failure(source)).toBe(message))
})

describe('limits', () => {
  test.each([
    ['<< range until 100000 >><< range until 100000 >>x<< end >><< end >>', 'too many steps'],
    ['<< range 2000000000 >>x<< end >>', 'too many steps'],
    ['<< $x := "aaaaaaaaaaaaaaaa" >><< range until 60 >><< $x = print $x $x >><< end >>', 'longer than'],
    ['<< $x := list 1 1 >><< range until 60 >><< $x = concat $x $x >><< end >>', 'too many steps'],
    [
      '<< $x := dict "a" 1 >><< range until 60 >><< $x = dict "a" $x "b" $x >><< end >><< toYaml $x >>',
      'too',
    ],
    ['<< $x := dict >><< range until 9000 >><< $x = dict "a" $x >><< end >><< printf "%q" $x >>', 'too deep'],
    ['<< repeat 1000000 "aaaaaaaa" >>', 'longer than'],
    ['<< printf "%9999d" 1 >>', 'a width above 1000'],
    [`<< ${'('.repeat(5000)}1${')'.repeat(5000)} >>`, 'nested too deep'],
    ['<< if 1 >>'.repeat(5000), 'nested too deep'],
    [
      '<< fromYaml "a: &a [1,1]\\nb: &b [*a,*a]\\nc: &c [*b,*b]\\nd: &d [*c,*c,*c,*c,*c]\\ne: [*d,*d,*d,*d]" >>',
      'cannot be read',
    ],
    [`<< fromJson \`${'['.repeat(100_000)}\` >>`, 'line 1'],
  ])('%#', (source, cause) => {
    expect(failure(source).replace('takes too many steps', 'too many steps')).toContain(cause)
  })
})

const PIECES = [
  '<<',
  '>>',
  '<<-',
  '->>',
  ' ',
  '\n',
  '.',
  '.a',
  '.b.c',
  '$',
  '$x',
  ':=',
  '=',
  '|',
  '(',
  ')',
  ',',
  '"t"',
  '`r`',
  '"',
  '1',
  '-2.5',
  'if',
  'else',
  'end',
  'range',
  'with',
  'break',
  'printf',
  '"%s %d"',
  'index',
  'dict',
  'list',
  'toYaml',
  'until',
  '9',
  'merge',
  'join',
  'default',
  'and',
  'nil',
  'true',
  '/*',
  '*/',
  'int',
  'repeat',
  'nindent',
  'fromYaml',
  'slice',
  'trunc',
]

describe('properties', () => {
  const settled = (source: string, data: Json): void => {
    try {
      renderTemplate(source, data, { maxSteps: 2000, maxCharacters: 10_000 })
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
    }
  }
  test('any sequence of words renders or fails with a TemplateError', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), fc.jsonValue(), (pieces, data) =>
        settled(pieces.join(''), data as Json),
      ),
      { numRuns: 2000 },
    )
  })
  test('any action of words renders or fails with a TemplateError', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES.slice(5)), { maxLength: 12 }),
        fc.jsonValue(),
        (pieces, data) =>
          settled(`<< ${pieces.join(' ')} >>x<< end >>`, { a: data as Json, b: { c: data as Json } }),
      ),
      { numRuns: 3000 },
    )
  })
  test('any text without the delimiter is itself', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('<<')),
        (text) => renderTemplate(text, null) === text,
      ),
    )
  })
  test('quoted texts read back as they were', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(JSON.parse(renderTemplate('<< quote .t >>', { t: text }))).toBe(text)
      }),
    )
  })
})
