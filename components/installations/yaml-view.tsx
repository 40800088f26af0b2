'use client'
import type { ReactNode } from 'react'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { writeYaml } from '#lib/domain/form/yaml-writing.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

/** A value as YAML, to be read and copied. */
export function YamlView({ value, label }: { value: unknown; label: string }): ReactNode {
  const { common } = useMessages()
  return (
    <CodeBlock text={writeYaml(value)} label={label} copyLabel={common.copy} copiedLabel={common.copied} />
  )
}
