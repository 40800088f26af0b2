import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** Its name, also shown as a tooltip. */
  label: string
  icon: ReactNode
  size?: 'sm' | 'md'
}

/** A button that is only an icon. */
export function IconButton({ label, icon, size = 'md', className, ...rest }: IconButtonProps): ReactNode {
  return (
    <button
      type="button"
      data-tip={label}
      data-tip-is-label=""
      {...rest}
      aria-label={label}
      className={clsx(
        'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink disabled:opacity-50 [&_svg]:size-4',
        size === 'sm' ? 'size-7' : 'size-8',
        className,
      )}
    >
      {icon}
    </button>
  )
}
