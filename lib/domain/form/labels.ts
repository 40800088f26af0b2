const MAX_NAME = 63
const MAX_PREFIX = 253
const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const PREFIX = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/

function isName(text: string): boolean {
  return text.length <= MAX_NAME && NAME.test(text)
}

/** Whether the API server takes a text as the key of a label, annotation or taint: `name` or `prefix/name`. */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/')
  if (slash < 0) return isName(text)
  return slash <= MAX_PREFIX && PREFIX.test(text.slice(0, slash)) && isName(text.slice(slash + 1))
}

/** Whether the API server takes a text as the value of a label or taint; an empty one is fine. */
export function isLabelValue(text: string): boolean {
  return text === '' || isName(text)
}
