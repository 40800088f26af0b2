'use client'
import type { ReactNode } from 'react'
import { stringify } from 'yaml'
import { CodeBlock } from '#components/ui/code-block.tsx'
import type { JsonObject } from '#lib/kinds/object.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** An object as YAML. Brings the YAML writer along: load it when it is opened. */
export default function YamlView({ value, label }: { value: JsonObject; label: string }): ReactNode {
  const { common } = useMessages()
  return (
    <CodeBlock
      text={stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd()}
      label={label}
      copyLabel={common.copy}
      copiedLabel={common.copied}
    />
  )
}
