import { LABEL } from '#lib/kinds/labels.ts'

/** How a plugin's version follows the platform's. `core` never upgrades alone. */
export const LIFECYCLES = ['core', 'aligned', 'agnostic'] as const

export type Lifecycle = (typeof LIFECYCLES)[number]

/** The life cycle that an object's labels tell; missing or unknown means agnostic. */
export function lifecycleOf(labels: Readonly<Record<string, string>> | undefined): Lifecycle {
  const value = labels?.[LABEL.lifecycleType]
  return LIFECYCLES.find((lifecycle) => lifecycle === value) ?? 'agnostic'
}
