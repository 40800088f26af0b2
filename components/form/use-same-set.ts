'use client'
import { useState } from 'react'

/** The set as it was given first, until one with other members is given. */
export function useSameSet(next: ReadonlySet<string>): ReadonlySet<string> {
  const [kept, setKept] = useState(next)
  if (kept === next || (kept.size === next.size && [...next].every((id) => kept.has(id)))) return kept
  setKept(next)
  return next
}
