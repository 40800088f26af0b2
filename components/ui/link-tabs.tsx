import type { ReactNode } from 'react'
import { tabClass } from './tab-class.ts'
import { SoftLink } from './soft-link.tsx'

interface LinkTabsProps {
  label: string
  tabs: readonly { key: string; label: ReactNode; href: string; isActive: boolean }[]
}

/** Tabs with an address each: a small navigation. */
export function LinkTabs({ label, tabs }: LinkTabsProps): ReactNode {
  return (
    <nav aria-label={label} className="overflow-x-auto">
      <ul className="flex gap-5 border-b">
        {tabs.map((tab) => (
          <li key={tab.key}>
            <SoftLink
              href={tab.href}
              keepScroll
              aria-current={tab.isActive ? 'page' : undefined}
              className={tabClass(tab.isActive)}
            >
              {tab.label}
            </SoftLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
