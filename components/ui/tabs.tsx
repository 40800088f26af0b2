'use client'
import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { tabClass } from './tab-class.ts'

interface TabsProps<T extends string> {
  value: T
  onChange: (value: T) => void
  tabs: readonly { value: T; label: ReactNode; panel: ReactNode; disabled?: boolean }[]
  label: string
  /** Panels that stay mounted, hidden: for forms that keep what was typed. */
  keepMounted?: boolean
}

/** Tabs within a page or dialog; what has an address of its own takes LinkTabs. */
export function Tabs<T extends string>(props: TabsProps<T>): ReactNode {
  const { value, onChange, tabs, label, keepMounted = false } = props
  return (
    <Base.Root
      value={value}
      onValueChange={(next: T) => {
        onChange(next)
      }}
    >
      <Base.List aria-label={label} className="flex gap-4 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            disabled={tab.disabled ?? false}
            className={(state) => tabClass(state.active)}
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} keepMounted={keepMounted} className="pt-4">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
