import { ANNOTATION, LABEL } from '#lib/kinds/labels.ts'
import type { LocalText } from '#lib/kinds/local-text.ts'
import type { KubeObject } from '#lib/kinds/object.ts'
import { cleanLine, cleanText } from './clean-text.ts'

export type Language = 'en' | 'zh'

const LONGEST_NAME = 120
const LONGEST_TEXT = 4000
const LONGEST_JSON = 10_000

/** The text in `language`, else in the other one, else `''`. */
export function pick(text: LocalText | undefined, language: Language): string {
  const first = text?.[language]
  if (typeof first === 'string' && first.trim() !== '') return first
  const other = text?.[language === 'en' ? 'zh' : 'en']
  return typeof other === 'string' ? other : ''
}

function localTextFromJson(text: string): LocalText | undefined {
  if (!text.trimStart().startsWith('{') || text.length > LONGEST_JSON) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const { en, zh } = value as { en?: unknown; zh?: unknown }
    const local: LocalText = {}
    if (typeof en === 'string' && en.trim() !== '') local.en = cleanLine(en, LONGEST_NAME)
    if (typeof zh === 'string' && zh.trim() !== '') local.zh = cleanLine(zh, LONGEST_NAME)
    return local.en === undefined && local.zh === undefined ? undefined : local
  } catch {
    return undefined
  }
}

/** An annotation that is plain text or a JSON text of `{en, zh}`. Broken JSON is shown as the plain text that it is. */
export function parseLocalText(text: string): LocalText {
  return localTextFromJson(text) ?? { en: cleanLine(text, LONGEST_NAME) }
}

/**
 * An object's name for people. The annotations `cpaas.io/display-name` and `cpaas.io/module-name` are found
 * swapped: the one that carries both languages wins, then the display name; `fallback` where there is neither.
 */
export function displayNameOf(object: KubeObject | undefined, fallback: string): LocalText {
  const annotations = object?.metadata.annotations ?? {}
  const texts = [annotations[ANNOTATION.displayName], annotations[ANNOTATION.moduleName]].filter(
    (text) => typeof text === 'string' && text.trim() !== '',
  ) as string[]
  for (const text of texts) {
    const local = localTextFromJson(text)
    if (local !== undefined) return local
  }
  const plain = texts[0] ?? object?.metadata.labels?.[LABEL.moduleName] ?? fallback
  return { en: cleanLine(plain, LONGEST_NAME) }
}

/** A description or risk text, cleaned; languages without one are left out. */
export function cleanLocalText(text: LocalText | undefined): LocalText {
  const local: LocalText = {}
  for (const language of ['en', 'zh'] as const) {
    const value = text?.[language]
    if (typeof value === 'string' && value.trim() !== '') local[language] = cleanText(value, LONGEST_TEXT)
  }
  return local
}
