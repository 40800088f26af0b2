import type { LiveOption } from '#components/form/live-resources.ts'
import type { ResourceFact, ResourceItem } from '#lib/contract/resource.ts'
import { cleanLine } from '#lib/domain/clean-text.ts'
import { formatDateTime } from '#lib/i18n/format.ts'
import type { Language } from '#lib/i18n/language.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'
import { reasonText } from '#lib/i18n/reason-text.ts'

function statusWord(messages: Messages, status: string): string {
  const words: Readonly<Record<string, string>> = messages.common.status
  return Object.hasOwn(words, status) ? (words[status] ?? status) : status
}

function factText(messages: Messages, language: Language, { code, value, name = '' }: ResourceFact): string {
  const { facts } = messages.picker
  // A newer server may know more.
  if (!Object.hasOwn(facts, code)) return value
  if (code === 'status') return statusWord(messages, value)
  return facts[code]({ name, value: code === 'created' ? formatDateTime(language, value) : value })
}

/**
 * Objects as options of a picker. The value is the name alone, so one that several namespaces have is one option.
 * @param isNamespaceGiven all of them are of the namespace that was asked for
 */
export function resourceOptions(
  items: readonly ResourceItem[],
  isNamespaceGiven: boolean,
  language: Language,
  messages: Messages,
): LiveOption[] {
  const byName = Map.groupBy(items, ({ name }) => name)
  return [...byName].flatMap(([name, [first, ...others]]) => {
    if (first === undefined) return []
    const namespaces = [first, ...others].flatMap(({ namespace }) => namespace ?? [])
    const place =
      isNamespaceGiven || namespaces.length === 0
        ? []
        : [messages.picker.namespaces({ names: namespaces.slice(0, 5).join(', ') })]
    const facts = [...place, ...first.facts.map((fact) => factText(messages, language, fact))]
    const refusal = first.refusal && reasonText(messages, first.refusal)
    return {
      value: name,
      label: cleanLine(name, 253),
      facts: [...new Set(facts)],
      ...(refusal && { refusal }),
    }
  })
}
