'use client'
import { clsx } from 'clsx'
import Upload from 'lucide-react/icons/upload'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { VerificationPolicy } from '#lib/contract/verification.ts'
import { formatBytes } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { useFileDrop } from './use-file-drop.ts'

interface UploadZoneProps {
  /** Bytes; null while nobody knows. */
  maxBytes: number | null
  /** What is made of checksums and signatures; null while nobody knows. */
  policy: VerificationPolicy | null
  onFiles: (files: readonly File[]) => void
}

/** Where packages are dropped or chosen. */
export function UploadZone({ maxBytes, policy, onFiles }: UploadZoneProps): ReactNode {
  const { language, messages } = useI18n()
  const texts = messages.packages
  const input = useRef<HTMLInputElement>(null)
  const isOver = useFileDrop(onFiles)
  return (
    <div
      className={clsx(
        'flex flex-wrap items-center gap-x-4 gap-y-3 rounded-md border border-dashed px-5 py-5 transition-colors',
        isOver ? 'border-accent bg-accent-soft' : 'border-control/60 bg-surface',
      )}
    >
      <Upload aria-hidden className={clsx('size-6 shrink-0', isOver ? 'text-accent' : 'text-faint')} />
      <div className="min-w-48 flex-1">
        <p className="font-medium">{isOver ? texts.dropNow : texts.drop}</p>
        <p className="text-sm text-muted">
          {maxBytes === null ? '\u00a0' : texts.dropHint({ limit: formatBytes(language, maxBytes) })}
        </p>
        {policy !== null && texts.policies[policy] !== '' && (
          <p className="text-sm text-muted">{texts.policies[policy]}</p>
        )}
      </div>
      <input
        ref={input}
        type="file"
        multiple
        accept=".tgz,.tar.gz,.sha256,.sig,application/gzip"
        aria-label={texts.chooseLabel}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const files = Array.from(event.target.files ?? [])
          // The same file can be chosen again.
          event.target.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
      <Button variant="primary" onClick={() => input.current?.click()}>
        {texts.choose}
      </Button>
    </div>
  )
}
