import { byteText } from './byte-text.ts'
import type { Terminal } from './terminal.ts'

const DRAW_EVERY_MS = 100
const BAR = 24

/** What is under way: a bar on a terminal; a plain line when it begins, elsewhere. */
export interface Progress {
  /** @param total bytes; 0 where nobody knows */
  update(done: number, total: number): void
  end(): void
}

/** @param label what is done, such as `Reading web-cli.tgz` */
export function startProgress(terminal: Terminal, label: string): Progress {
  const startedAt = performance.now()
  let drawnAt = 0
  if (!terminal.isInteractive) terminal.say(label)
  else terminal.status(label)
  return {
    update(done, total) {
      const now = performance.now()
      if (now - drawnAt < DRAW_EVERY_MS) return
      drawnAt = now
      terminal.status(progressLine(label, done, total, (now - startedAt) / 1000))
    },
    end: () => terminal.status(''),
  }
}

/** The line of a bar. @param seconds since it began */
export function progressLine(label: string, done: number, total: number, seconds: number): string {
  const perSecond = seconds > 0 ? done / seconds : 0
  const speed = `${byteText(done)}  ${byteText(perSecond)}/s`
  if (total <= 0) return `${label}  ${speed}`
  const share = Math.min(1, done / total)
  const filled = Math.round(share * BAR)
  const left = perSecond > 0 ? Math.max(0, Math.round((total - done) / perSecond)) : 0
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
  return `${label}  [${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${Math.floor(share * 100)} %  ${speed}  ${clock}`
}

/** The same bytes, each told to `progress` as it passes. */
export async function* counted(
  source: AsyncIterable<Uint8Array>,
  total: number,
  progress: Progress,
): AsyncGenerator<Uint8Array> {
  let done = 0
  for await (const chunk of source) {
    done += chunk.length
    progress.update(done, total)
    yield chunk
  }
}
