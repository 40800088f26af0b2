'use client'
import { Menu } from '@base-ui/react/menu'
import { clsx } from 'clsx'
import Check from 'lucide-react/icons/check'
import type { ReactNode, RefObject } from 'react'
import type { MenuItem } from './menu-item.ts'
import { SoftLink } from './soft-link.tsx'

const ITEM =
  'flex min-h-8 w-full cursor-default items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none select-none data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0'

function Tick({ checked, box = false }: { checked: boolean; box?: boolean }): ReactNode {
  return (
    <span
      aria-hidden
      className={clsx(
        'inline-flex size-4 shrink-0 items-center justify-center',
        box && 'rounded-sm border',
        box && (checked ? 'border-accent-solid bg-accent-solid text-white' : 'border-control'),
        !box && 'text-accent',
      )}
    >
      {checked && <Check className={box ? 'size-3!' : undefined} strokeWidth={box ? 3 : 2.5} />}
    </span>
  )
}

function Action({ item }: { item: Extract<MenuItem, { kind: 'action' }> }): ReactNode {
  const isRefused = item.refusal !== undefined
  return (
    <Menu.Item
      aria-disabled={isRefused || undefined}
      closeOnClick={!isRefused}
      onClick={isRefused ? undefined : item.onSelect}
      className={clsx(
        ITEM,
        isRefused && 'items-start text-faint',
        item.tone === 'bad' && !isRefused && 'text-bad',
      )}
    >
      {item.icon}
      <span className="min-w-0">
        {item.label}
        {isRefused && <span className="block text-xs whitespace-pre-line text-muted">{item.refusal}</span>}
      </span>
    </Menu.Item>
  )
}

function Entry({ item }: { item: MenuItem }): ReactNode {
  if (item.kind === 'action') return <Action item={item} />
  if (item.kind === 'separator') return <Menu.Separator className="mx-1 my-1 h-px bg-line" />
  if (item.kind === 'heading')
    return <div className="px-2 pt-1.5 pb-1 text-xs font-medium text-muted">{item.label}</div>
  if (item.kind === 'link')
    return (
      <Menu.LinkItem closeOnClick render={<SoftLink href={item.href} />} className={ITEM}>
        {item.icon}
        {item.label}
      </Menu.LinkItem>
    )
  if (item.kind === 'check')
    return (
      <Menu.CheckboxItem
        checked={item.checked}
        onCheckedChange={item.onChange}
        closeOnClick={false}
        className={ITEM}
      >
        <Tick checked={item.checked} box />
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
        <span className="tabular text-xs text-muted">{item.hint}</span>
      </Menu.CheckboxItem>
    )
  return null
}

export interface MenuPopupProps {
  /** The button that it belongs to. */
  anchor: RefObject<HTMLElement | null>
  label: string
  items: readonly MenuItem[]
  align?: 'start' | 'end'
  onClose: () => void
}

/** The open menu of a MenuButton; loaded when one is first wanted. */
export default function MenuPopup({
  anchor,
  label,
  items,
  align = 'start',
  onClose,
}: MenuPopupProps): ReactNode {
  const choices = items.filter((item) => item.kind === 'choice')
  return (
    <Menu.Root
      open
      modal={false}
      onOpenChange={(next, details) => {
        // The button closes by itself; closing here as well would open it again.
        const target = details.event.target
        if (details.reason === 'outside-press' && target instanceof Node && anchor.current?.contains(target))
          details.cancel()
        else if (!next) onClose()
      }}
    >
      <Menu.Portal>
        <Menu.Positioner
          anchor={anchor}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Menu.Popup
            aria-label={label}
            finalFocus={anchor}
            className="floating max-h-(--available-height) max-w-[min(24rem,90vw)] min-w-44 overflow-y-auto p-1 outline-none"
          >
            {choices.length > 0 && (
              <Menu.RadioGroup
                value={choices.find((item) => item.checked)?.key}
                onValueChange={(key: string) => {
                  choices.find((item) => item.key === key)?.onSelect()
                }}
              >
                {choices.map((item) => (
                  <Menu.RadioItem key={item.key} value={item.key} closeOnClick className={ITEM}>
                    <Tick checked={item.checked} />
                    <span className="min-w-0 flex-1 truncate">{item.label}</span>
                    <span className="tabular text-xs text-muted">{item.hint}</span>
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
            )}
            {items.map((item) => (
              <Entry key={item.key} item={item} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
