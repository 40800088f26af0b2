import type { Shape } from '#components/ui/status-mark.tsx'
import type { Tone } from '#components/ui/tone.ts'
import type { ShownState } from './upload-rows.ts'

/** How the state of an upload is shown. */
export const UPLOAD_LOOK: Readonly<Record<ShownState, { tone: Tone; shape: Shape }>> = {
  waiting: { tone: 'neutral', shape: 'clock' },
  sending: { tone: 'accent', shape: 'turning' },
  paused: { tone: 'neutral', shape: 'ring' },
  broken: { tone: 'warn', shape: 'turning' },
  interrupted: { tone: 'warn', shape: 'triangle' },
  unread: { tone: 'warn', shape: 'triangle' },
  reading: { tone: 'accent', shape: 'turning' },
  inspected: { tone: 'accent', shape: 'ring' },
  publishing: { tone: 'accent', shape: 'turning' },
  published: { tone: 'good', shape: 'check' },
  unpublished: { tone: 'bad', shape: 'cross' },
  refused: { tone: 'bad', shape: 'cross' },
  failed: { tone: 'bad', shape: 'cross' },
  cancelled: { tone: 'neutral', shape: 'slash' },
}
