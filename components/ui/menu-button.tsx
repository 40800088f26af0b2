'use client'
import { lazy, Suspense, useCallback, useRef, useState } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import type { MenuItem } from './menu-item.ts'

const loadPopup = () => import('./menu-popup.tsx')
const MenuPopup = lazy(loadPopup)

interface MenuButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** Name of the menu, and of the button unless it has words of its own (`isNamed`). */
  label: string
  /** The button's children name it. */
  isNamed?: boolean
  /** Made when the menu opens. */
  items: () => readonly MenuItem[]
  align?: 'start' | 'end'
  /** The menu may be opened soon: the time to load what it shows. */
  onWanted?: () => void
}

/** A button that opens a menu. The menu's code comes when it is first wanted, so rows of these cost nothing. */
export function MenuButton(props: MenuButtonProps): ReactNode {
  const { label, isNamed = false, items, align, onWanted, children, ...rest } = props
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = useCallback(() => {
    setOpen(false)
  }, [])
  const preload = () => {
    onWanted?.()
    void loadPopup()
  }
  return (
    <>
      <button
        type="button"
        {...rest}
        ref={button}
        aria-label={isNamed ? undefined : label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => {
          setOpen((wasOpen) => !wasOpen)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        {children}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <MenuPopup anchor={button} label={label} items={items()} align={align ?? 'start'} onClose={close} />
        </Suspense>
      )}
    </>
  )
}
