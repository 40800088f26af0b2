'use client'
import { useCallback, useEffect, useRef } from 'react'

/**
 * Gives a function that does something at once, or, while a pointer is pressed, when it was released: what appears
 * between press and release would move the button away from under it, and no click would come.
 */
export function useAfterPress(): (run: () => void) => void {
  const isPressed = useRef(false)
  const waiting = useRef<(() => void)[]>([])
  useEffect(() => {
    const press = () => {
      isPressed.current = true
    }
    const release = () => {
      isPressed.current = false
      // The click itself comes after the release.
      setTimeout(() => {
        for (const run of waiting.current.splice(0)) run()
      })
    }
    const listeners = [
      ['pointerdown', press],
      ['pointerup', release],
      ['pointercancel', release],
      ['dragend', release],
    ] as const
    for (const [type, listener] of listeners) document.addEventListener(type, listener, true)
    return () => {
      for (const [type, listener] of listeners) document.removeEventListener(type, listener, true)
    }
  }, [])
  return useCallback((run) => {
    if (isPressed.current) waiting.current.push(run)
    else run()
  }, [])
}
