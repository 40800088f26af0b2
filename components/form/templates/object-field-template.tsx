'use client'
import type { ObjectFieldTemplateProps } from '@rjsf/utils'
import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'
import type { FormNode } from '#lib/domain/form/form-model.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { useFormParts } from '../form-context.ts'

function Section(props: {
  title: string
  description?: string
  open: boolean
  children: ReactNode
}): ReactNode {
  return (
    <details open={props.open} className="min-w-0 rounded-md border sm:col-span-2">
      <summary className="flex items-start gap-1.5 rounded-md px-3 py-2 text-sm font-semibold hover:bg-hover">
        <ChevronRight
          aria-hidden
          className="mt-0.5 size-4 shrink-0 text-muted transition-transform in-open:rotate-90"
        />
        <span className="min-w-0 break-words">
          {props.title}
          {props.description !== undefined && props.description !== '' && (
            <span className="block text-xs font-normal text-muted">{props.description}</span>
          )}
        </span>
      </summary>
      <div className="grid grid-cols-1 gap-x-8 gap-y-4 px-3 pt-1 pb-3 sm:grid-cols-2">{props.children}</div>
    </details>
  )
}

/** The properties where the layout has them: in groups, and below "Advanced configuration". */
export function ObjectFieldTemplate(props: ObjectFieldTemplateProps): ReactNode {
  const { names, layout, advanced } = useFormParts()
  const { language, messages } = useI18n()
  const contents = new Map(props.properties.map(({ name, content }) => [name, content]))
  const render = (nodes: readonly FormNode[]): ReactNode[] =>
    nodes.flatMap((node) => {
      if (node.type === 'control') {
        const content = contents.get(names.get(node.id) ?? '')
        return content === undefined ? [] : [content]
      }
      const children = render(node.children)
      if (children.length === 0) return []
      const title = pick(node.label, language)
      return [
        <Section key={`group ${node.id}`} title={title} description={pick(node.description, language)} open>
          {children}
        </Section>,
      ]
    })
  const rest = render(advanced)
  return (
    <div className="grid grid-cols-1 gap-x-8 gap-y-4 sm:grid-cols-2">
      {render(layout)}
      {rest.length > 0 && (
        <Section title={messages.form.advanced} open={false}>
          {rest}
        </Section>
      )}
    </div>
  )
}
