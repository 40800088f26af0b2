import type { ReactNode } from 'react'

const SIZES = { sm: 'size-7 text-xs', lg: 'size-12 text-lg' }
const GROUNDS = [
  'bg-accent-soft text-accent',
  'bg-good-soft text-good',
  'bg-warn-soft text-warn',
  'bg-active text-muted',
]

interface LogoImageProps {
  /** An address of ours; null shows the first letter instead. */
  src: string | null
  /** Decides letter and ground where there is no picture. */
  name: string
  size?: keyof typeof SIZES
}

/** A plugin's picture, or its first letter. Decoration: the name stands beside it. */
export function LogoImage({ src, name, size = 'sm' }: LogoImageProps): ReactNode {
  if (src !== null)
    return (
      <img
        src={src}
        alt=""
        loading="lazy"
        className={`${SIZES[size]} shrink-0 rounded-md bg-white object-contain p-0.5 ring-1 ring-line`}
      />
    )
  const sum = Array.from(name).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0)
  return (
    <span
      aria-hidden
      className={`${SIZES[size]} ${GROUNDS[sum % GROUNDS.length]} inline-flex shrink-0 items-center justify-center rounded-md font-semibold uppercase`}
    >
      {Array.from(name)[0] ?? '?'}
    </span>
  )
}
