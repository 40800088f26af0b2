const FOCUSABLE = ':is(input, textarea, select, button, [tabindex="0"]):not(:disabled, [tabindex="-1"])'

/**
 * Moves the focus to the first field of the form that shows an error; where a field holds fields of its own, to the
 * innermost.
 */
export function focusFirstError(form: HTMLElement | null): void {
  let field = form?.querySelector<HTMLElement>('[data-wrong]') ?? null
  while (field !== null && field.dataset['wrong'] !== 'itself') {
    const inner = field.querySelector<HTMLElement>('[data-wrong]')
    if (inner === null) break
    field = inner
  }
  const target =
    field?.querySelector<HTMLElement>(
      `[aria-invalid='true']${FOCUSABLE}, [aria-invalid='true'] ${FOCUSABLE}`,
    ) ?? field?.querySelector<HTMLElement>(FOCUSABLE)
  target?.focus()
  field?.scrollIntoView({ block: 'nearest' })
}
