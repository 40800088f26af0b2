/** What a colour says, always beside a word and a shape. */
export type Tone = 'neutral' | 'accent' | 'good' | 'bad' | 'warn'

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  neutral: 'text-muted',
  accent: 'text-accent',
  good: 'text-good',
  bad: 'text-bad',
  warn: 'text-warn',
}

export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  neutral: 'bg-active text-muted',
  accent: 'bg-accent-soft text-accent',
  good: 'bg-good-soft text-good',
  bad: 'bg-bad-soft text-bad',
  warn: 'bg-warn-soft text-warn',
}
