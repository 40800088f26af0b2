import { createContext, use } from 'react'
import type { ComponentType, ReactNode } from 'react'
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

/** What can be picked from. */
export interface ReadyOptions {
  state: 'ready'
  options: readonly LiveOption[]
  /** More exist than were read. */
  isCut: boolean
  /** The options are those that fit what is typed. */
  isSearched?: boolean
  /** That a value is not there, in the user's language and with the place; left out where nobody can tell. */
  missing?: (value: string) => string
  /** Where there is nothing to pick: why, in the user's language, and the way out. */
  note?: ReactNode
  /** Reads them again. */
  refresh?: () => void
  isRefreshing?: boolean
}

/** What a picker knows at the moment. */
export type LiveOptions =
  | { state: 'loading' }
  | ReadyOptions
  /** Forbidden, unreachable, unknown kind, no cluster chosen yet: the user types instead, and reads why. */
  | { state: 'unavailable'; reason: string; retry?: () => void; isRetrying?: boolean }

export interface LiveResourcesProps {
  source: PickerSource
  /** What is typed. */
  search: string
  /** Shows the objects of the source that fit. */
  children: (live: LiveOptions) => ReactNode
}

/** Where the form gets live objects from: a component given by who shows the form, which knows no server itself. */
export type LiveResources = ComponentType<LiveResourcesProps>

export const LiveResourcesContext = createContext<LiveResources | null>(null)

/** The live data around a form; null where there is none, as in the gallery. */
export function useLiveResources(): LiveResources | null {
  return use(LiveResourcesContext)
}
