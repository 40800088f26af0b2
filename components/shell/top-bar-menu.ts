/** The look of a menu's button in the top bar. */
export const TOP_BAR_MENU =
  'inline-flex h-8 min-w-8 items-center justify-center gap-1.5 rounded-md px-2 text-sm text-muted transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-active [&_svg]:size-4'
