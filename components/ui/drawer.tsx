'use client'
import { Dialog as Base } from '@base-ui/react/dialog'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

interface DrawerProps {
  open: boolean
  onClose: () => void
  /** Its name for screen readers. */
  label: string
  closeLabel: string
  children: ReactNode
}

/** A modal panel at the left edge, for the navigation on narrow screens. */
export function Drawer({ open, onClose, label, closeLabel, children }: DrawerProps): ReactNode {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          aria-label={label}
          className="fixed inset-y-0 left-0 z-40 w-70 max-w-[85vw] overflow-y-auto border-r bg-surface shadow-float outline-none transition-transform data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
        >
          <div className="flex h-12 items-center border-b px-3">
            <Base.Close render={<IconButton label={closeLabel} icon={<X />} />} />
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
