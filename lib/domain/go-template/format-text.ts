import type { Json } from '#lib/kinds/object.ts'
import type { Call } from './template-function.ts'
import { kindName } from './value.ts'

const VERB = /%([-+ 0#]*)(\d{1,4})?(?:\.(\d{1,2}))?([a-zA-Z%])?/g

function formatOne(call: Call, value: Json, verb: string, precision: number | undefined): string {
  switch (verb) {
    case 's':
    case 'v': {
      const text = value === null ? '<nil>' : call.print(value)
      return precision === undefined || verb === 'v' ? text : Array.from(text).slice(0, precision).join('')
    }
    case 'q':
      return JSON.stringify(call.print(value))
    case 't':
      return typeof value === 'boolean' ? String(value) : call.fail('%t takes true or false')
    case 'T':
      return kindName(value)
    default:
      break
  }
  if (typeof value !== 'number') return call.fail(`%${verb} takes a number, not ${kindName(value)}`)
  if (verb === 'd') return String(Math.trunc(value))
  if (verb === 'f') return value.toFixed(precision ?? 6)
  if (verb === 'e') return value.toExponential(precision ?? 6)
  if (verb === 'g') return String(value)
  if (verb === 'x') return Math.trunc(value).toString(16)
  if (verb === 'X') return Math.trunc(value).toString(16).toUpperCase()
  if (verb === 'o') return Math.trunc(value).toString(8)
  if (verb === 'b') return Math.trunc(value).toString(2)
  return call.fail(`%${verb} is not supported`)
}

function pad(text: string, flags: string, width: number, numeric: boolean): string {
  if (flags.includes('-')) return text.padEnd(width)
  if (!flags.includes('0') || !numeric) return text.padStart(width)
  const sign = /^[-+]/.exec(text)?.[0] ?? ''
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

/** `printf` with the verbs %s %v %q %t %T %d %f %e %g %x %X %o %b %%, flags, width (up to 1000) and precision. */
export function formatText(call: Call): string {
  let next = 1
  const text = call
    .text(0)
    .replaceAll(VERB, (_all, flags: string, width?: string, precision?: string, verb?: string) => {
      if (verb === undefined) return call.fail('a % without a verb')
      if (verb === '%') return '%'
      if (next >= call.args.length) return call.fail('too few arguments for the format')
      const value = call.value(next)
      next += 1
      const columns = Number(width ?? 0)
      if (columns > 1000) return call.fail('a width above 1000')
      const digits = precision === undefined ? undefined : Number(precision)
      call.budget.spend(1 + (columns >> 6), call.line)
      const plain = formatOne(call, value, verb, digits)
      const plus = flags.includes('+') && typeof value === 'number' && value >= 0 ? '+' : ''
      const result = pad(plus + plain, flags, columns, typeof value === 'number')
      call.budget.spendText(result.length, call.line)
      return result
    })
  if (next < call.args.length) call.fail('too many arguments for the format')
  return text
}
