'use client'
import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { AboutView } from '#lib/contract/about.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { aboutText } from './about-text.ts'

const COPIED_MS = 2000

/** Puts all of the page on the clipboard, for a ticket. */
export function CopyAsText({ about }: { about: AboutView }): ReactNode {
  const messages = useMessages()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(aboutText(messages, about, new Date()))
    setCopied(true)
    setTimeout(() => {
      setCopied(false)
    }, COPIED_MS)
  }
  return (
    <>
      <Button
        icon={isCopied ? <Check className="size-4 text-good" /> : <Copy className="size-4" />}
        onClick={() => {
          copy().catch(() => {
            setCopied(false)
          })
        }}
      >
        {messages.about.copyText}
      </Button>
      <output className="sr-only">{isCopied ? messages.about.copied : ''}</output>
    </>
  )
}
