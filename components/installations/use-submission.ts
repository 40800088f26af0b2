'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'

export interface Submission {
  isBusy: boolean
  /** It went through; what it was about may be gone by now. */
  isDone: boolean
  /** What went wrong last; null before, while busy and after success. */
  error: Error | null
  /** Does it, once at a time: what comes while busy is dropped. */
  submit: (send: () => Promise<unknown>, onDone: () => void) => void
  clear: () => void
}

/** One write at a time, with its error. A success has everything about plugins and clusters read again. */
export function useSubmission(): Submission {
  const queryClient = useQueryClient()
  const isRunning = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const [isDone, setDone] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  const submit = useCallback(
    (send: () => Promise<unknown>, onDone: () => void) => {
      if (isRunning.current) return
      isRunning.current = true
      setBusy(true)
      setError(null)
      const run = async () => {
        try {
          await send()
          setDone(true)
          for (const key of ['plugins', 'clusters']) void queryClient.invalidateQueries({ queryKey: [key] })
          onDone()
        } catch (cause) {
          setError(cause instanceof Error ? cause : new Error(String(cause)))
        } finally {
          isRunning.current = false
          setBusy(false)
        }
      }
      void run()
    },
    [queryClient],
  )
  const clear = useCallback(() => {
    setError(null)
  }, [])
  return { isBusy, isDone, error, submit, clear }
}
