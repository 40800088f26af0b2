import type { Language } from './language.ts'
import { en } from './messages/en.ts'
import type { Messages } from './messages/en.ts'
import { zh } from './messages/zh.ts'

/** All texts of a language, at once. For the server and tests: it carries both languages. */
export function messagesOf(language: Language): Messages {
  return language === 'zh' ? zh : en
}
