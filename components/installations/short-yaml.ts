import { stringify } from 'yaml'

const LONGEST = 160
const PLAIN = { lineWidth: 0, aliasDuplicateObjects: false }

/** A value as one short line of YAML; `…` stands for what is too long, or too deep to be written. */
export function shortYaml(value: unknown): string {
  try {
    const text = stringify(value, { ...PLAIN, collectionStyle: 'flow', blockQuote: false }).trim()
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  } catch {
    return '…'
  }
}

/** A whole configuration as YAML; `…` where it is too deep to be written. */
export function wholeYaml(value: unknown): string {
  try {
    return stringify(value, PLAIN).trimEnd()
  } catch {
    return '…'
  }
}
