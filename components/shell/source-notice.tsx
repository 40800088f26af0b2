'use client'
import type { ReactNode } from 'react'
import { Notice } from '#components/ui/notice.tsx'
import { behindOf } from '#lib/contract/freshness.ts'
import type { SourceFreshness, Subject } from '#lib/contract/freshness.ts'
import { formatDateTime } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { useLiveState } from './live-context.tsx'

interface SourceNoticeProps {
  /** What the page is about. */
  subject: Subject
  /** What its answer said of its sources; the stream knows better while it is open. */
  behind: readonly SourceFreshness[]
}

/**
 * Over content that rests on a source which is not live: which one, and how old it is. Kinds that the cluster lacks
 * are told by the shell.
 */
export function SourceNotice({ subject, behind }: SourceNoticeProps): ReactNode {
  const { messages, language } = useI18n()
  const { connection, freshness } = useLiveState()
  const texts = messages.shell.live
  const sources = connection === 'open' ? behindOf(freshness, subject) : behind
  const shown = sources.filter(({ state }) => state !== 'absent')
  if (shown.length === 0) return null
  const isReading = shown.every(({ state }) => state === 'loading')
  const stateOf = ({ state, knownAt }: SourceFreshness) =>
    state === 'stale' && knownAt !== null
      ? texts.stale({ since: formatDateTime(language, knownAt) })
      : texts[state === 'forbidden' ? 'forbidden' : 'loading']
  return (
    <Notice
      tone={isReading ? 'neutral' : 'warn'}
      title={isReading ? messages.shell.behind.loading : messages.shell.behind.title}
      className="mb-3"
    >
      <ul>
        {shown.map((source) => (
          <li key={`${source.cluster} ${source.kind}`}>
            {texts.cluster({ cluster: source.cluster, kinds: [source.kind], state: stateOf(source) })}
            {source.message !== null && <span className="text-muted"> · {source.message}</span>}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
