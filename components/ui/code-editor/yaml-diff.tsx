'use client'
import { useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../button.tsx'
import { showSideBySide, showUnified } from './diff-view.ts'
import { DifferenceList } from './difference-list.tsx'
import { differences } from './differences.ts'
import type { DiffTexts } from './editor-texts.ts'

export interface YamlDiffProps {
  original: string
  modified: string
  /** What the two are, such as "now" and "after". */
  originalLabel: string
  modifiedLabel: string
  /** Its name for screen readers. */
  label?: string
  texts: DiffTexts
}

const WIDE = '(width >= 700px)'

function isWide(): boolean {
  return matchMedia(WIDE).matches
}

function onWidth(told: () => void): () => void {
  const query = matchMedia(WIDE)
  query.addEventListener('change', told)
  return () => {
    query.removeEventListener('change', told)
  }
}

/**
 * Two YAML texts compared, read-only: beside each other, on narrow screens as one. Unchanged stretches are folded.
 * Load it through LazyYamlDiff.
 */
export function YamlDiff(props: YamlDiffProps): ReactNode {
  const { original, modified, originalLabel, modifiedLabel, label, texts } = props
  const box = useRef<HTMLDivElement>(null)
  const wide = useSyncExternalStore(onWidth, isWide)
  const found = useMemo(() => differences(original, modified), [original, modified])
  const isSame = original === modified
  const [isFolded, setFolded] = useState(true)
  const { phrases } = texts
  useLayoutEffect(() => {
    if (box.current === null || isSame) return undefined
    const input = { original, modified, originalLabel, modifiedLabel, phrases, isFolded }
    return wide ? showSideBySide(box.current, input) : showUnified(box.current, input)
  }, [original, modified, originalLabel, modifiedLabel, phrases, isFolded, wide, isSame])
  if (isSame) return <p className="text-sm text-muted">{texts.same}</p>
  return (
    <section aria-label={label} className="relative min-w-0 overflow-hidden rounded-md border">
      <DifferenceList found={found} texts={texts} />
      <div className="flex items-center border-b bg-sunken text-xs font-medium text-muted">
        {wide && (
          <span aria-hidden className="min-w-0 flex-1 truncate px-3 py-1">
            {originalLabel}
          </span>
        )}
        <span aria-hidden className="min-w-0 flex-1 truncate px-3 py-1">
          {wide ? modifiedLabel : `${originalLabel} → ${modifiedLabel}`}
        </span>
        <Button
          variant="ghost"
          size="sm"
          className="absolute right-0 rounded-none"
          aria-pressed={!isFolded}
          onClick={() => {
            setFolded(!isFolded)
          }}
        >
          {texts.showAll}
        </Button>
      </div>
      <div ref={box} className="max-h-[min(30rem,60vh)] overflow-y-auto" />
    </section>
  )
}
