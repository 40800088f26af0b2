import { Markdown } from 'markdown-to-jsx/react'
import type { ReactNode } from 'react'
import { ExternalLink } from '#components/ui/text-link.tsx'

interface Part {
  children?: ReactNode
}

function Heading({ children }: Part): ReactNode {
  return <h3 className="mt-4 mb-1 font-semibold first:mt-0">{children}</h3>
}

function Subheading({ children }: Part): ReactNode {
  return <h4 className="mt-3 mb-1 font-medium">{children}</h4>
}

/** A stranger's link: out of the console, or no link. */
function Link({ href, children }: Part & { href?: string }): ReactNode {
  const isOut = typeof href === 'string' && /^https?:\/\//i.test(href) && URL.canParse(href)
  if (!isOut) return <span>{children}</span>
  return <ExternalLink href={href}>{children}</ExternalLink>
}

/** Images are not loaded from strangers: their words stand for them. */
function ImageWords({ alt }: { alt?: string }): ReactNode {
  return <span className="text-muted">{alt}</span>
}

function CheckMark({ checked }: { checked?: boolean }): ReactNode {
  return <span>{checked === true ? '☑' : '☐'} </span>
}

function Block({ children }: Part): ReactNode {
  return (
    <pre className="my-2 rounded-sm bg-sunken p-2 font-mono text-xs break-words whitespace-pre-wrap">
      {children}
    </pre>
  )
}

function Columns({ children }: Part): ReactNode {
  return (
    <table className="my-2 block overflow-x-auto text-left text-xs [&_td]:py-1 [&_td]:pr-4 [&_th]:py-1 [&_th]:pr-4 [&_tr]:border-b">
      {children}
    </table>
  )
}

const OPTIONS = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: {
    h1: Heading,
    h2: Heading,
    h3: Subheading,
    h4: Subheading,
    h5: Subheading,
    h6: Subheading,
    a: Link,
    img: ImageWords,
    input: CheckMark,
    pre: Block,
    table: Columns,
  },
} as const

/** A stranger's Markdown as elements of ours: no HTML of theirs, nothing loaded, links out only. */
export default function MarkdownText({ text }: { text: string }): ReactNode {
  return (
    <div className="max-w-3xl text-sm wrap-anywhere [&_code]:font-mono [&_code]:text-xs [&_ol]:list-decimal [&_ol]:pl-5 [&_p]:my-2 [&_ul]:list-disc [&_ul]:pl-5">
      <Markdown options={OPTIONS}>{text}</Markdown>
    </div>
  )
}
