import { createContext, use } from 'react'
import type { PickerSource } from '#lib/domain/form/form-model.ts'

/** One object to pick, in words for people. */
export interface LiveOption {
  /** What is written into the configuration. */
  value: string
  /** What is shown; the name. */
  label: string
  /** What matters about it, in the user's language: addresses, roles, "default". */
  facts: readonly string[]
  /** Why it can't be picked, in the user's language. */
  refusal?: string
}

/** What a picker knows at the moment. */
export type LiveOptions =
  | { state: 'loading' }
  | { state: 'ready'; options: readonly LiveOption[]; /** More exist than were read. */ isCut: boolean }
  /** Forbidden, unreachable, unknown kind, no cluster chosen yet: the user types instead, and reads why. */
  | { state: 'unavailable'; reason: string; retry?: () => void }

/** Where the form gets live objects from; given by who shows it, since the form knows no server. */
export interface LiveResources {
  /** A React hook: the objects of a source that fit what is typed. */
  useOptions: (source: PickerSource, search: string) => LiveOptions
}

export const LiveResourcesContext = createContext<LiveResources | null>(null)

/** The live data around a form; null where there is none, as in the gallery. */
export function useLiveResources(): LiveResources | null {
  return use(LiveResourcesContext)
}
