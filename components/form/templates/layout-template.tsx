'use client'
import type { ObjectFieldTemplateProps } from '@rjsf/utils'
import { use, useMemo } from 'react'
import type { ReactNode } from 'react'
import type { FormNode } from '#lib/domain/form/form-model.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { ShownContext, useFormParts } from '../form-context.ts'
import { FormSection } from '../form-section.tsx'
import { controlIdsOf } from '../layout-ids.ts'
import { FIELD_GRID } from '../field-grid.ts'

interface NodesProps {
  nodes: readonly FormNode[]
  contentOf: (id: string) => ReactNode
}

/** What is shown of these nodes, in order. */
function Nodes({ nodes, contentOf }: NodesProps): ReactNode {
  const shown = use(ShownContext)
  const { language } = useI18n()
  return nodes.map((node) => {
    if (node.type === 'control') return shown.has(node.id) ? contentOf(node.id) : null
    const ids = controlIdsOf(node.children)
    if (!ids.some((id) => shown.has(id))) return null
    return (
      <FormSection
        key={`group ${node.id}`}
        title={pick(node.label, language)}
        description={pick(node.description, language)}
        ids={ids}
        open
      >
        {() => <Nodes nodes={node.children} contentOf={contentOf} />}
      </FormSection>
    )
  })
}

/** rjsf's template of an object: the properties where the layout has them, in groups and below "Advanced". */
export function LayoutTemplate({ properties }: ObjectFieldTemplateProps): ReactNode {
  const { names, layout, advanced } = useFormParts()
  const { messages } = useI18n()
  const shown = use(ShownContext)
  const contentOf = useMemo(() => {
    const contents = new Map(properties.map(({ name, content }) => [name, content]))
    return (id: string) => contents.get(names.get(id) ?? '')
  }, [properties, names])
  const advancedIds = controlIdsOf(advanced)
  return (
    <div className={FIELD_GRID}>
      <Nodes nodes={layout} contentOf={contentOf} />
      {advancedIds.some((id) => shown.has(id)) && (
        <FormSection title={messages.form.advanced} ids={advancedIds} open={false}>
          {() => <Nodes nodes={advanced} contentOf={contentOf} />}
        </FormSection>
      )}
    </div>
  )
}
