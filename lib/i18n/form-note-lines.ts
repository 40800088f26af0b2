import type { FormNote } from '#lib/domain/form/form-model.ts'
import type { Messages } from './messages/en.ts'

/** What a form could not honour, in words, each line once. */
export function formNoteLines({ form }: Messages, notes: readonly FormNote[]): string[] {
  return [...new Set(notes.map(({ code, path, text }) => form.notes[code]({ path, text })))]
}
