/** The look of a tab, alike for tabs that are links and tabs that are not. */
export function tabClass(isActive: boolean): string {
  return `-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 rounded-t-sm border-b-2 px-0.5 text-sm font-medium whitespace-nowrap transition-colors ${
    isActive ? 'border-accent text-accent' : 'border-transparent text-muted hover:text-ink'
  }`
}
