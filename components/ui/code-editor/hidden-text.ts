import { StateEffect, StateField } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { Decoration, EditorView, WidgetType } from '@codemirror/view'
import type { DecorationSet } from '@codemirror/view'

/** Dots in place of a text: always the same number, whatever its length. */
class HiddenText extends WidgetType {
  readonly #label: string

  constructor(label: string) {
    super()
    this.#label = label
  }

  override eq(other: HiddenText): boolean {
    return other.#label === this.#label
  }

  toDOM(): HTMLElement {
    const element = document.createElement('span')
    element.className = 'cm-hidden-text'
    element.textContent = '••••••••'
    element.setAttribute('role', 'img')
    element.setAttribute('aria-label', this.#label)
    return element
  }
}

interface Hidden {
  ranges: readonly { from: number; to: number }[]
  label: string
}

const setHidden = StateEffect.define<Hidden>()

/** Tells an editor which parts of its text to show as dots. */
export function hideText(view: EditorView, hidden: Hidden): void {
  view.dispatch({ effects: setHidden.of(hidden) })
}

/** Shows what `hideText` names as dots; it is not in the page at all. */
export const hiddenText: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (shown, transaction) => {
    let next = shown.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (!effect.is(setHidden)) continue
      const { ranges, label } = effect.value
      const length = transaction.newDoc.length
      const dots = Decoration.replace({ widget: new HiddenText(label) })
      next = Decoration.set(
        ranges
          .filter(({ from, to }) => from >= 0 && from < to && to <= length)
          .map(({ from, to }) => dots.range(from, to)),
        true,
      )
    }
    return next
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.atomicRanges.of((view) => view.state.field(field)),
  ],
})
