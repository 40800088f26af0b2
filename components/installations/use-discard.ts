import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { holdDialog } from '#lib/browser/dialog-navigation.ts'

interface Discard {
  /** The question stands in the dialog. */
  isAsking: boolean
  /** Closes, or asks first; asked twice it is taken for a no, so that no key pressed often loses anything. */
  close: () => void
  /** Goes on where the user was. */
  keep: () => void
  /** The button that has the focus while it is asked. */
  keepButton: RefObject<HTMLButtonElement | null>
}

/**
 * Keeps what was entered from being lost by Escape, by the cross, by Back or by leaving the page.
 * @param isChanged whether anything was entered
 */
export function useDiscard(isChanged: boolean, onClose: () => void): Discard {
  const [isAsked, setAsked] = useState(false)
  const keepButton = useRef<HTMLButtonElement>(null)
  const before = useRef<Element | null>(null)
  const isAsking = isAsked && isChanged
  useEffect(() => {
    if (isAsking) keepButton.current?.focus()
  }, [isAsking])
  useEffect(() => {
    if (!isChanged) return undefined
    const stay = (event: BeforeUnloadEvent) => {
      event.preventDefault()
    }
    window.addEventListener('beforeunload', stay)
    const release = holdDialog(() => {
      before.current = document.activeElement
      setAsked(true)
    })
    return () => {
      window.removeEventListener('beforeunload', stay)
      release()
    }
  }, [isChanged])
  const keep = () => {
    setAsked(false)
    if (before.current instanceof HTMLElement) before.current.focus()
  }
  const close = () => {
    if (!isChanged) onClose()
    else if (isAsking) keep()
    else {
      before.current = document.activeElement
      setAsked(true)
    }
  }
  return { isAsking, close, keep, keepButton }
}
