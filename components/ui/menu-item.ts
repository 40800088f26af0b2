import type { ReactNode } from 'react'

/** One entry of a menu. `refusal` keeps it visible, says why, and takes no choice. */
export type MenuItem =
  | {
      kind: 'action'
      key: string
      label: string
      icon?: ReactNode
      onSelect: () => void
      tone?: 'bad'
      refusal?: string | undefined
    }
  | { kind: 'link'; key: string; label: string; icon?: ReactNode; href: string }
  | {
      kind: 'choice'
      key: string
      label: ReactNode
      hint?: ReactNode
      checked: boolean
      onSelect: () => void
    }
  | {
      kind: 'check'
      key: string
      label: ReactNode
      hint?: ReactNode
      checked: boolean
      onChange: (checked: boolean) => void
    }
  | { kind: 'separator'; key: string }
  | { kind: 'heading'; key: string; label: string }
