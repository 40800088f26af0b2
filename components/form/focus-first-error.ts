/**
 * Moves the focus to the first field of the form that is wrong, opening the groups around it. Waits for the
 * next frame, when the errors are there to be read out.
 */
export function focusFirstError(form: HTMLElement | null, names: ReadonlySet<string>): void {
  requestAnimationFrame(() => {
    for (const field of form?.querySelectorAll<HTMLElement>('[data-field]') ?? []) {
      if (!names.has(field.dataset['field'] ?? '')) continue
      for (
        let group = field.closest('details');
        group !== null;
        group = group.parentElement?.closest('details') ?? null
      )
        group.open = true
      const target = field.querySelector<HTMLElement>(
        'input:not(:disabled), textarea:not(:disabled), button:not(:disabled)',
      )
      target?.focus()
      field.scrollIntoView({ block: 'nearest' })
      return
    }
  })
}
