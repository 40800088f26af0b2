import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'
import { ScrollRegion } from './scroll-region.tsx'

interface CodeBlockProps {
  text: string
  /** Its name for screen readers. */
  label: string
  copyLabel: string
  copiedLabel: string
  className?: string
}

/** A text to be read and copied as it stands. */
export function CodeBlock({ text, label, copyLabel, copiedLabel, className }: CodeBlockProps): ReactNode {
  return (
    <div className="relative min-w-0">
      <ScrollRegion
        aria-label={label}
        className={clsx('overflow-auto rounded-md border bg-sunken', className ?? 'max-h-96')}
      >
        <pre className="w-fit py-2.5 pr-11 pl-3 font-mono text-xs leading-5">{text}</pre>
      </ScrollRegion>
      <CopyButton
        text={text}
        label={copyLabel}
        copiedLabel={copiedLabel}
        className="absolute top-1 right-1"
      />
    </div>
  )
}
