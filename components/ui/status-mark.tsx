import type { ReactNode } from 'react'
import { TONE_TEXT } from './tone.ts'
import type { Tone } from './tone.ts'

/** Shapes that tell states apart without colour. */
export type Shape =
  | 'dot'
  | 'ring'
  | 'turning'
  | 'cross'
  | 'slash'
  | 'question'
  | 'triangle'
  | 'clock'
  | 'arrow'
  | 'check'

/** The style sheet draws them before the word: no element, nothing for a screen reader. */
const SIGNS: Readonly<Record<Shape, string>> = {
  dot: 'mark mark-dot',
  ring: 'mark mark-ring',
  turning: 'mark mark-turning',
  cross: 'mark sign-cross',
  slash: 'mark sign-slash',
  question: 'mark sign-question',
  triangle: 'mark sign-triangle',
  clock: 'mark sign-clock',
  arrow: 'mark sign-arrow',
  check: 'mark sign-check',
}

/** The look of a state, for elements that are something else as well. */
export function markClass(tone: Tone, shape: Shape): string {
  return `${SIGNS[shape]} ${TONE_TEXT[tone]}`
}

/** A state: a shape and a word in one tone. */
export function StatusMark(props: { tone: Tone; shape: Shape; children: ReactNode }): ReactNode {
  return <span className={markClass(props.tone, props.shape)}>{props.children}</span>
}
