import { languageTag } from './language.ts'
import type { Language } from './language.ts'

const cache = new Map<string, unknown>()

/** Intl objects are dear to make and safe to share. */
function cached<T>(key: string, make: () => T): T {
  const known = cache.get(key)
  if (known !== undefined) return known as T
  const made = make()
  cache.set(key, made)
  return made
}

/** A point in time in the reader's zone, `5 Mar 2026, 14:03`; the text itself when it is no date. */
export function formatDateTime(language: Language, iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  return cached(
    `date ${language}`,
    () => new Intl.DateTimeFormat(languageTag(language), { dateStyle: 'medium', timeStyle: 'short' }),
  ).format(date)
}

/** A time of day in the reader's zone, `14:03`; with the date when it is of another day than `nowMs`. */
export function formatTime(language: Language, ms: number, nowMs = Date.now()): string {
  if (new Date(ms).toDateString() !== new Date(nowMs).toDateString())
    return formatDateTime(language, new Date(ms).toISOString())
  return cached(
    `time ${language}`,
    () => new Intl.DateTimeFormat(languageTag(language), { timeStyle: 'short' }),
  ).format(ms)
}

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** How long ago (or ahead) `iso` is, seen from `nowMs`: `3 minutes ago`; `now` below a minute. */
export function formatRelative(language: Language, iso: string, nowMs: number): string {
  const seconds = (new Date(iso).getTime() - nowMs) / 1000
  if (Number.isNaN(seconds)) return iso
  const format = cached(
    `relative ${language}`,
    () => new Intl.RelativeTimeFormat(languageTag(language), { numeric: 'auto' }),
  )
  for (const [unit, size] of UNITS)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  return format.format(0, 'second')
}

/** A number with the language's separators. */
export function formatNumber(language: Language, value: number): string {
  return cached(`number ${language}`, () => new Intl.NumberFormat(languageTag(language))).format(value)
}

/** A list in words: `a, b and c`. */
export function formatList(language: Language, items: readonly string[]): string {
  return cached(
    `list ${language}`,
    () => new Intl.ListFormat(languageTag(language), { type: 'conjunction' }),
  ).format(items)
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/** Bytes with a binary unit and at most one decimal: `1.5 MiB`. */
export function formatBytes(language: Language, bytes: number): string {
  const power = Math.min(BYTE_UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const value = bytes / 1024 ** power
  const text = cached(
    `bytes ${language}`,
    () => new Intl.NumberFormat(languageTag(language), { maximumFractionDigits: 1 }),
  ).format(value)
  return `${text} ${BYTE_UNITS[power]}`
}
