import { stringify } from 'yaml'
import type { FormValue } from './form-model.ts'

/** Values that are the same object are written out each time. */
const WRITING = { lineWidth: 0, aliasDuplicateObjects: false } as const

/** A value as YAML, without folded lines and aliases; ends with a line break. */
export function writeYaml(value: unknown): string {
  return stringify(value, WRITING)
}

/** The value of `stringify` behind the name or dash that leads to it: ` 1`, or lines that begin with a break. */
export function written(value: FormValue, leader: 'key' | 'item', indent: number): string {
  const text =
    leader === 'key' ? stringify({ k: value }, WRITING).slice(2) : stringify([value], WRITING).slice(1)
  return text.replace(/\n$/, '').replaceAll(/\n(?!\n)/g, `\n${' '.repeat(indent)}`)
}

/** A key, as it stands before its colon. */
export function writtenKey(key: string): string {
  return stringify({ [key]: 0 }, WRITING).replace(/: 0\n$/, '')
}

/** Inside brackets, on one line. */
export function writtenInFlow(value: FormValue): string {
  const options = { ...WRITING, collectionStyle: 'flow', flowCollectionPadding: false } as const
  return stringify([value], options).trimEnd().slice(1, -1)
}
