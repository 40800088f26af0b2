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
      className={clsx('icon-btn [&_svg]:size-4', size === 'sm' ? 'size-7' : 'size-8', className)}
    >
      {icon}
    </button>
  )
}
