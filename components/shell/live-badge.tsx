'use client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { StatusMark } from '#components/ui/status-mark.tsx'
import { liveSummary } from '#lib/browser/live/live-summary.ts'
import type { ClusterFreshness, LiveSummary } from '#lib/browser/live/live-summary.ts'
import { formatDateTime, formatTime } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { useLiveState } from './live-context.tsx'
import { useUnread } from './use-unread.ts'

const LOOK = {
  live: { tone: 'good', shape: 'dot', word: 'live' },
  partly: { tone: 'warn', shape: 'triangle', word: 'partly' },
  connecting: { tone: 'neutral', shape: 'turning', word: 'connecting' },
  lost: { tone: 'bad', shape: 'triangle', word: 'offline' },
} as const

/** Says aloud, once, that the page stopped or began to be live again. */
function LiveAnnouncement({ state }: { state: LiveSummary['state'] }): ReactNode {
  const { messages } = useI18n()
  const [known, setKnown] = useState({ state, hasBeenLost: false })
  if (known.state !== state)
    setKnown({ state, hasBeenLost: known.hasBeenLost || known.state === 'lost' || state === 'lost' })
  const { announceOffline, announceLive } = messages.shell.live
  return (
    <output className="sr-only">
      {state === 'lost' ? announceOffline : known.hasBeenLost ? announceLive : ''}
    </output>
  )
}

/** Whether the page is live; how old it is and which source is behind when it is not. */
export function LiveBadge(): ReactNode {
  const { messages, language } = useI18n()
  const live = useLiveState()
  const unreadSince = useUnread()
  const { state: ofSources, behind } = liveSummary(live)
  const state = ofSources === 'live' && unreadSince !== null ? 'partly' : ofSources
  const texts = messages.shell.live
  const { tone, shape, word } = LOOK[state]
  const timeOf = (ms: number) => formatDateTime(language, new Date(ms).toISOString())

  const describe = ({ cluster, kinds, state, knownAt }: ClusterFreshness) =>
    texts.cluster({
      cluster,
      kinds,
      state:
        state === 'stale' && knownAt !== null
          ? texts.stale({ since: formatDateTime(language, knownAt) })
          : texts[state === 'stale' ? 'loading' : state],
    })
  const tip = {
    live: texts.liveHint,
    connecting: texts.connectingHint,
    lost: texts.offlineSince({ since: live.lostAt === null ? '' : timeOf(live.lostAt) }),
    partly: [
      ...(unreadSince === null ? [] : [texts.unread({ since: timeOf(unreadSince) })]),
      ...(behind.length === 0 ? [] : [texts.sources, ...behind.map(describe)]),
    ].join('\n'),
  }[state]
  const label =
    state === 'lost' && live.lostAt !== null
      ? texts.offlineAt({ time: formatTime(language, live.lostAt) })
      : texts[word]

  return (
    <>
      <button
        type="button"
        aria-label={label}
        data-tip={tip}
        data-tip-click=""
        className="inline-flex h-8 items-center rounded-md px-2 text-sm hover:bg-hover"
      >
        <StatusMark tone={tone} shape={shape}>
          <span className="max-sm:sr-only">{label}</span>
        </StatusMark>
      </button>
      <LiveAnnouncement state={state} />
    </>
  )
}
