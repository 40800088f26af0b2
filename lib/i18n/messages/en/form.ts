import type { MessageTree } from '../tree.ts'

const WRONG_TYPES: Readonly<Record<string, string>> = {
  number: 'It must be a number.',
  integer: 'It must be a whole number.',
  boolean: 'It must be on or off.',
  string: 'It must be text.',
  array: 'It must be a list.',
  object: 'It must be an object, with keys and values.',
}

function entries(count: string): string {
  return count === '1' ? 'one entry' : `${count} entries`
}

function characters(count: string): string {
  return count === '1' ? 'one character' : `${count} characters`
}

const anyOf = new Intl.ListFormat('en', { type: 'disjunction' })
const allOf = new Intl.ListFormat('en', { type: 'conjunction' })

/** The dynamic form. */
export const form = {
  required: 'required',
  notSet: 'Not set',
  choose: 'Choose…',
  addEntry: 'Add entry',
  removeEntry: ({ position }: { position: string }) => `Remove entry ${position}`,
  entry: ({ label, position }: { label: string; position: string }) => `${label}, entry ${position}`,
  noEntries: 'No entries',
  showPassword: 'Show what is typed',
  hidePassword: 'Hide what is typed',
  about: ({ label }: { label: string }) => `More about ${label}`,
  moveUp: ({ position }: { position: string }) => `Move entry ${position} up`,
  moveDown: ({ position }: { position: string }) => `Move entry ${position} down`,
  entryAdded: ({ position }: { position: string }) => `Entry ${position} added`,
  entryRemoved: ({ position, count }: { position: string; count: string }) =>
    `Entry ${position} removed, ${count} left`,
  entryMoved: ({ from, to }: { from: string; to: string }) => `Entry ${from} is now entry ${to}`,
  key: 'Key',
  value: 'Value',
  pairKey: ({ label, position }: { label: string; position: string }) => `${label}, key ${position}`,
  pairValue: ({ label, position }: { label: string; position: string }) => `${label}, value ${position}`,
  keyNeeded: 'A key is needed here.',
  requests: 'Requests',
  limits: 'Limits',
  resource: 'Resource',
  addResource: 'Add resource',
  resourceNeeded: 'The name of a resource is needed here.',
  resourceName: ({ label, position }: { label: string; position: string }) =>
    `${label}, name of resource ${position}`,
  amountOf: ({ label, resource, side }: { label: string; resource: string; side: string }) =>
    `${label}, ${resource}, ${side}`,
  quantityHint: 'such as 500m or 4Gi',
  durationHint: 'such as 30s or 1h30m',
  addToleration: 'Add toleration',
  allEffects: 'All effects',
  toleration: {
    key: 'Key',
    operator: 'Operator',
    value: 'Value',
    effect: 'Effect',
    tolerationSeconds: 'Seconds',
  },
  tolerationField: ({ label, position, field }: { label: string; position: string; field: string }) =>
    `${label}, entry ${position}, ${field}`,
  combobox: {
    open: 'Show the choices',
    clear: 'Clear',
    noMatch: 'Nothing matches.',
    free: 'Nothing matches; what you type is taken as it is.',
    add: ({ text }: { text: string }) => `Add “${text}”`,
    remove: ({ label }: { label: string }) => `Remove ${label}`,
    more: ({ count }: { count: string }) => `${count} more; type to find them.`,
  },
  advanced: 'Advanced configuration',
  immutable: 'Can’t be changed after installing.',
  disabled: 'Set by the plugin, can’t be changed.',
  loading: 'Loading the form…',
  wrongCount: ({ count }: { count: string }) =>
    count === '1' ? 'One value needs attention.' : `${count} values need attention.`,
  elsewhere: 'These values can’t be taken, and this form does not show them:',
  errors: {
    required: () => 'A value is needed.',
    type: ({ type }: { type: string }) =>
      WRONG_TYPES[type] ?? `It must be of another type${type === '' ? '' : ` (${type})`}.`,
    enum: () => 'Choose one of the values offered.',
    integer: () => 'It must be a whole number.',
    minimum: ({ minimum }: { minimum: string }) => `It must be ${minimum} or more.`,
    maximum: ({ maximum }: { maximum: string }) => `It must be ${maximum} or less.`,
    minLength: ({ minLength, unit }: { minLength: string; unit: string }) =>
      unit === 'entries'
        ? `At least ${entries(minLength)} must be there.`
        : `It must have at least ${characters(minLength)}.`,
    maxLength: ({ maxLength, unit }: { maxLength: string; unit: string }) =>
      unit === 'entries'
        ? `No more than ${entries(maxLength)} may be there.`
        : `It must have at most ${characters(maxLength)}.`,
    pattern: ({ pattern }: { pattern: string }) =>
      `It does not have the form that the plugin asks for, the regular expression ${pattern}`,
    quantity: () => 'It must be a quantity such as 500m, 2 or 4Gi.',
    duration: () => 'It must be a duration such as 30s, 5m or 1h30m.',
    requestAboveLimit: ({ limit }: { limit: string }) =>
      `The request must not be above the limit of ${limit}.`,
    duplicate: ({ key }: { key: string }) => `“${key}” is there twice.`,
    labelKey: () => 'It must be a label key such as disk or example.com/disk.',
    labelValue: () =>
      'It must be at most 63 letters, digits, “-”, “_” or “.”, beginning and ending with a letter or digit.',
    tolerationValue: () => '“Exists” takes no value.',
    tolerationSeconds: () => 'Seconds only go with the effect NoExecute.',
    immutable: () => 'This can’t be changed after installing.',
    schema: ({ keyword }: { keyword: string }) => `It does not fit what the plugin expects (${keyword}).`,
  },
  patterns: {
    prefix: ({ prefixes }: { prefixes: string[] }) => `It must begin with ${anyOf.format(prefixes)}`,
    characters: ({ allowed }: { allowed: string[] }) => `Only ${allOf.format(allowed)} are allowed.`,
    ends: ({ ends }: { ends: string[] }) => `The first and the last must be ${anyOf.format(ends)}.`,
    count: ({ min, max }: { min: string; max: string }) =>
      max === '' ? `At least ${min} of them.` : min === max ? `${min} of them.` : `${min} to ${max} of them.`,
    kinds: {
      letters: 'letters (a–z, A–Z)',
      lower: 'lower-case letters (a–z)',
      upper: 'upper-case letters (A–Z)',
      digits: 'digits',
    },
  },
  notes: {
    title: 'About this form',
    'unknown-capability': ({ path, text }: { path: string; text: string }) =>
      `${path}: this console does not know “${text}” and leaves it aside.`,
    'pattern-not-enforced': ({ path, text }: { path: string; text: string }) =>
      `${path}: the pattern ${text} can’t be checked safely and is not enforced.`,
    'path-unusable': ({ path, text }: { path: string; text: string }) =>
      `${path === '' ? '' : `${path}: `}“${text}” names no usable place and is left aside.`,
    'schema-not-enforced': ({ text }: { path: string; text: string }) =>
      `Part of the plugin’s schema is not enforced: ${text}`,
    'form-cut': () => 'The form is longer than this console shows; the rest keeps its values.',
  },
} satisfies MessageTree
