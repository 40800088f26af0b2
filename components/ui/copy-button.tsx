'use client'
import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

interface CopyButtonProps {
  text: string
  label: string
  copiedLabel: string
  className?: string
}

/** Copies a text; says so for two seconds. */
export function CopyButton({ text, label, copiedLabel, className }: CopyButtonProps): ReactNode {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => {
      setCopied(false)
    }, 2000)
  }
  return (
    <>
      <IconButton
        size="sm"
        label={label}
        icon={isCopied ? <Check className="text-good" /> : <Copy />}
        className={className}
        onClick={() => {
          copy().catch(() => {
            setCopied(false)
          })
        }}
      />
      <output className="sr-only">{isCopied ? copiedLabel : ''}</output>
    </>
  )
}
