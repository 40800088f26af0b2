'use client'
import { useEffect, useEffectEvent } from 'react'

/** Tells the form why what is typed can't be taken (null: it can), until the widget is gone. */
export function useBroken(onBroken: (text: string | null) => void, text: string | null): void {
  const tell = useEffectEvent((next: string | null) => {
    onBroken(next)
  })
  useEffect(() => {
    tell(text)
    return () => {
      tell(null)
    }
  }, [text])
}
