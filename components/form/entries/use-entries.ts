'use client'
import { useState } from 'react'
import type { FormValue } from '#lib/domain/form/form-model.ts'
import { isSameJson } from '#lib/domain/same-json.ts'
import { isBlank } from '#lib/domain/form/typed-value.ts'

/** One entry of a list while it is edited; the key stays with it wherever it moves. */
export interface Entry<T> {
  key: number
  item: T
}

interface EntriesOptions<T> {
  value: FormValue | undefined
  onChange: (value: FormValue | undefined) => void
  read: (value: FormValue | undefined) => T[]
  /** What the entries stand for; those that are only begun may be left out. */
  write: (items: T[]) => FormValue | undefined
}

function keyed<T>(items: readonly T[], firstKey: number): Entry<T>[] {
  return items.map((item, index) => ({ key: firstKey + index, item }))
}

/** Nothing is nothing: what is written as absent may come back as the null or `{}` that stood there. */
function isAsGood(a: FormValue | undefined, b: FormValue | undefined): boolean {
  return isSameJson(a, b) || (isBlank(a) && isBlank(b))
}

/** A key that none of the entries has. */
export function keyAfter(entries: readonly Entry<unknown>[]): number {
  return entries.reduce((highest, { key }) => Math.max(highest, key), 0) + 1
}

/**
 * The entries of a value as they are edited: more than the value holds (empty lines, half-typed pairs), and followed
 * when the value changes from outside (a preset, the YAML side).
 */
export function useEntries<T>(options: EntriesOptions<T>): [Entry<T>[], (next: Entry<T>[]) => void] {
  const { value, onChange, read, write } = options
  const [entries, setEntries] = useState(() => keyed(read(value), 0))
  const [known, setKnown] = useState(value)
  if (!isAsGood(known, value)) {
    setKnown(value)
    setEntries(keyed(read(value), keyAfter(entries)))
  }
  const change = (next: Entry<T>[]) => {
    const written = write(next.map(({ item }) => item))
    setEntries(next)
    setKnown(written)
    if (!isAsGood(written, value)) onChange(written)
  }
  return [entries, change]
}
