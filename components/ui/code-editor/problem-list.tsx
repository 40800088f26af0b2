import { Text } from '@codemirror/state'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { clampRange } from './editor-problem.ts'
import type { EditorProblem } from './editor-problem.ts'
import type { EditorTexts } from './editor-texts.ts'

const MOST = 20

interface ProblemListProps {
  id: string
  text: string
  problems: readonly EditorProblem[]
  texts: EditorTexts
  onGo: (problem: EditorProblem) => void
}

/** What is wrong and where, in words; each line leads there. */
export function ProblemList({ id, text, problems, texts, onGo }: ProblemListProps): ReactNode {
  const lines = Text.of(text.split('\n'))
  const left = problems.length - MOST
  return (
    <div id={id} aria-live="polite" className="not-empty:mt-1">
      {problems.length > 0 && (
        <ul className="grid gap-0.5 text-xs">
          {problems.slice(0, MOST).map((problem) => {
            const { from } = clampRange(problem, lines.length)
            const line = lines.lineAt(from)
            return (
              <li key={`${problem.from} ${problem.message}`} className="min-w-0">
                <button
                  type="button"
                  onClick={() => {
                    onGo(problem)
                  }}
                  className={clsx(
                    'min-h-6 rounded-sm text-left break-words hover:underline',
                    problem.severity === 'error' ? 'text-bad' : 'text-warn',
                  )}
                >
                  {texts.problemAt({
                    line: String(line.number),
                    column: String(from - line.from + 1),
                    message: problem.message,
                  })}
                </button>
              </li>
            )
          })}
          {left > 0 && <li className="text-muted">{texts.moreProblems({ count: String(left) })}</li>}
        </ul>
      )}
    </div>
  )
}
