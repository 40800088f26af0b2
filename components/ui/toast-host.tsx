'use client'
import X from 'lucide-react/icons/x'
import { useEffect, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Notice } from './notice.tsx'
import { currentToasts, dismissToast, onToasts } from './toast-store.ts'
import { TextLink } from './text-link.tsx'
import type { Toast } from './toast-store.ts'

const NONE: readonly Toast[] = []
const SHOWN_MS = 6000

function ToastView({ toast, closeLabel }: { toast: Toast; closeLabel: string }): ReactNode {
  useEffect(() => {
    // What went wrong stays until it is dismissed.
    if (toast.tone === 'bad') return undefined
    const timer = setTimeout(() => {
      dismissToast(toast.id)
    }, SHOWN_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [toast])
  return (
    <div className="floating pointer-events-auto w-full">
      <Notice
        tone={toast.tone}
        title={toast.title}
        action={
          <button
            type="button"
            aria-label={closeLabel}
            className="-m-1 inline-flex size-6 items-center justify-center rounded-sm text-muted hover:text-ink"
            onClick={() => {
              dismissToast(toast.id)
            }}
          >
            <X className="size-3.5" />
          </button>
        }
      >
        {toast.text !== undefined && <p className="whitespace-pre-line text-muted">{toast.text}</p>}
        {toast.link !== undefined && <TextLink href={toast.link.href}>{toast.link.label}</TextLink>}
      </Notice>
    </div>
  )
}

/** Where toasts appear; mounted once. */
export function ToastHost({ label, closeLabel }: { label: string; closeLabel: string }): ReactNode {
  const toasts = useSyncExternalStore(onToasts, currentToasts, () => NONE)
  return (
    <section
      aria-label={label}
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 z-50 flex w-88 max-w-[calc(100vw-2rem)] flex-col gap-2"
    >
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} closeLabel={closeLabel} />
      ))}
    </section>
  )
}
