'use client'
import { Dialog as Base } from '@base-ui/react/dialog'
import { clsx } from 'clsx'
import X from 'lucide-react/icons/x'
import type { ReactNode, RefObject } from 'react'
import { IconButton } from './icon-button.tsx'

const WIDTHS = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl', xl: 'max-w-5xl' }

interface DialogProps {
  open: boolean
  /** Asked to close: Escape, the cross, or a press outside. */
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  /** Between title and body; does not scroll. */
  header?: ReactNode
  children: ReactNode
  /** The buttons; does not scroll. */
  footer?: ReactNode
  size?: keyof typeof WIDTHS
  closeLabel: string
  /** A press outside does nothing: for dialogs that hold what the user typed. */
  keepOnOutsidePress?: boolean
  initialFocus?: RefObject<HTMLElement | null>
}

/** A modal dialog: title and buttons stay, the body scrolls. Focus is kept inside and given back. */
export function Dialog(props: DialogProps): ReactNode {
  const { open, onClose, title, description, header, children, footer, size = 'md', closeLabel } = props
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
      disablePointerDismissal={props.keepOnOutsidePress ?? false}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-40 grid grid-rows-[minmax(0,1fr)] place-items-center p-3 sm:p-6">
          <Base.Popup
            initialFocus={props.initialFocus}
            className={clsx(
              'floating flex max-h-full w-full flex-col rounded-lg outline-none transition-[opacity,scale] data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0',
              WIDTHS[size],
              // It grows while it loads, and its title stays where it is.
              (size === 'lg' || size === 'xl') && 'self-start',
            )}
          >
            <div className="flex items-start gap-3 px-5 pt-4 pb-3">
              <div className="min-w-0 flex-1">
                <Base.Title className="text-lg font-semibold break-words">{title}</Base.Title>
                {description !== undefined && (
                  <Base.Description render={<div />} className="mt-0.5 text-sm text-muted">
                    {description}
                  </Base.Description>
                )}
              </div>
              <Base.Close render={<IconButton label={closeLabel} icon={<X />} className="-mr-2" />} />
            </div>
            {header}
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div>
            {footer !== undefined && (
              <div className="flex flex-wrap items-center justify-end gap-2 border-t px-5 py-3">{footer}</div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
