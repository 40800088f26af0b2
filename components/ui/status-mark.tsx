import ArrowUp from 'lucide-react/icons/arrow-up'
import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import Clock3 from 'lucide-react/icons/clock-3'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { Spinner } from './spinner.tsx'
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

const ICON = 'size-3.5 shrink-0'

const SHAPES: Record<Shape, ReactNode> = {
  dot: <span className="mx-0.75 size-2 shrink-0 rounded-full bg-current" />,
  ring: <span className="mx-0.5 size-2.5 shrink-0 rounded-full border-[1.5px] border-current" />,
  turning: <Spinner />,
  cross: <X className={ICON} strokeWidth={2.75} />,
  slash: <Ban className={ICON} />,
  question: <CircleQuestionMark className={ICON} />,
  triangle: <TriangleAlert className={ICON} />,
  clock: <Clock3 className={ICON} />,
  arrow: <ArrowUp className={ICON} strokeWidth={2.5} />,
  check: <Check className={ICON} strokeWidth={2.5} />,
}

/** A state: a shape and a word in one tone. */
export function StatusMark(props: { tone: Tone; shape: Shape; children: ReactNode }): ReactNode {
  const { tone, shape, children } = props
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${TONE_TEXT[tone]}`}>
      <span aria-hidden className="inline-flex">
        {SHAPES[shape]}
      </span>
      {children}
    </span>
  )
}
