import { LABEL } from '#lib/kinds/labels.ts'

/** Labels that plugins decide by: global or not, operating system, processor. */
export function isAffinityLabel(key: string): boolean {
  return key === LABEL.isGlobal || /^cpaas\.io\/(?:os|arch)-/.test(key)
}

/** `key`, or `key=value` where the value says something. */
export function labelText(key: string, value: string): string {
  return value === '' ? key : `${key}=${value}`
}
