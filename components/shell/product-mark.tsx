import type { ReactNode } from 'react'

/** The console's sign: four modules, one of them arriving. */
export function ProductMark(): ReactNode {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className="size-6 shrink-0 text-accent-solid" fill="currentColor">
      <rect x="2" y="2" width="9" height="9" rx="2.5" />
      <rect x="2" y="13" width="9" height="9" rx="2.5" />
      <rect x="13" y="13" width="9" height="9" rx="2.5" />
      <rect x="14.5" y="3.5" width="6" height="6" rx="1.5" opacity=".55" transform="rotate(45 17.5 6.5)" />
    </svg>
  )
}
