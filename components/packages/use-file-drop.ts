'use client'
import { useEffect, useEffectEvent, useState } from 'react'

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/**
 * Takes files that are dropped anywhere on the page; beside the mark, the browser would open them instead.
 * @returns whether files are being dragged over the page now
 */
export function useFileDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  const take = useEffectEvent((files: readonly File[]) => {
    if (files.length > 0) onFiles(files)
  })
  useEffect(() => {
    const end = new AbortController()
    const listen = (type: 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void) => {
      window.addEventListener(type, listener, { signal: end.signal })
    }
    listen('dragover', (event) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(true)
    })
    listen('dragleave', (event) => {
      // Left the window, not only one of its elements.
      if (event.relatedTarget === null) setOver(false)
    })
    listen('drop', (event) => {
      setOver(false)
      if (!carriesFiles(event)) return
      event.preventDefault()
      take(Array.from(event.dataTransfer?.files ?? []))
    })
    return () => {
      end.abort()
    }
  }, [])
  return isOver
}
