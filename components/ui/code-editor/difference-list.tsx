import type { ReactNode } from 'react'
import type { Difference } from './differences.ts'
import type { DiffTexts } from './editor-texts.ts'

const MOST = 100

function sentence({ line, before, after }: Difference, texts: DiffTexts): string {
  const at = String(line)
  const [old, now] = [before.join('\n').trim(), after.join('\n').trim()]
  if (before.length === 0) return texts.added({ line: at, text: now })
  return after.length === 0
    ? texts.removed({ line: at, text: old })
    : texts.replaced({ line: at, before: old, after: now })
}

/** The differences in words, for screen readers. */
export function DifferenceList(props: { found: readonly Difference[]; texts: DiffTexts }): ReactNode {
  const { found, texts } = props
  const left = found.length - MOST
  return (
    <div className="sr-only">
      <p>{texts.differences({ count: String(found.length) })}</p>
      <ul>
        {found.slice(0, MOST).map((one) => (
          <li key={`${one.line} ${one.before.length === 0} ${one.after.length === 0}`}>
            {sentence(one, texts)}
          </li>
        ))}
        {left > 0 && <li>{texts.moreDifferences({ count: String(left) })}</li>}
      </ul>
    </div>
  )
}
