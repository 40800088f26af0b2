import type { Tone } from '#components/ui/tone.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'

/** A risk level in words; levels that nobody here knows are shown as they are. Empty when there is none. */
export function riskText(messages: Messages, level: string): string {
  const { risk } = messages.common
  const known = level.toLowerCase()
  if (level === '') return ''
  return known === 'low' || known === 'middle' || known === 'high' ? risk[known] : risk.other({ level })
}

/** How loudly a risk level is told. */
export function riskTone(level: string): Tone {
  const known = level.toLowerCase()
  if (known === 'high') return 'bad'
  return known === 'low' || level === '' ? 'neutral' : 'warn'
}
