'use client'
import { Combobox as Base } from '@base-ui/react/combobox'
import type { ReactNode } from 'react'
import { SHOWN_OPTIONS } from './combobox-option.ts'
import type { ComboboxOption, ComboboxTexts } from './combobox-option.ts'
import { OPTION, OPTION_LABEL, OPTION_TICK, OptionHint, OptionTick } from './option-look.tsx'

interface ComboboxPopupProps {
  /** Those that fit what is typed; the first of them are listed. */
  options: readonly ComboboxOption[]
  texts: ComboboxTexts
  /** Above the list: that it is loading, why there is none. Read out when it changes. */
  notice?: ReactNode
  /** What is typed is taken as it is where nothing fits. */
  isFree: boolean
}

const LINE = 'px-2 py-1.5 text-xs text-muted'

/** The list that belongs to a Combobox or MultiCombobox. */
export function ComboboxPopup({ options, texts, notice, isFree }: ComboboxPopupProps): ReactNode {
  const hidden = options.length - SHOWN_OPTIONS
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} collisionPadding={8} className="z-50 outline-none">
        <Base.Popup className="floating max-h-[min(var(--available-height),22rem)] w-(--anchor-width) max-w-(--available-width) min-w-48 overflow-y-auto overscroll-contain p-1">
          <Base.Status>
            {notice !== undefined && notice !== null && <div className={LINE}>{notice}</div>}
            {options.length === 0 && <div className={LINE}>{isFree ? texts.free : texts.noMatch}</div>}
          </Base.Status>
          <Base.List>
            {options.slice(0, SHOWN_OPTIONS).map((option) => (
              <Base.Item
                key={option.value}
                value={option}
                disabled={option.disabled ?? false}
                className={OPTION}
              >
                <span className={OPTION_TICK}>
                  <Base.ItemIndicator>
                    <OptionTick />
                  </Base.ItemIndicator>
                </span>
                <span className="min-w-0">
                  <span className={OPTION_LABEL}>{option.label}</span>
                  <OptionHint hint={option.hint} />
                </span>
              </Base.Item>
            ))}
          </Base.List>
          {hidden > 0 && <div className={LINE}>{texts.more({ count: String(hidden) })}</div>}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}
