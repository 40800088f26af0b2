import type { YamlFault } from '#lib/domain/form/yaml-reader.ts'
import type { Messages } from './messages/en.ts'

/** What is wrong with a YAML text, in words, without the place. */
export function yamlFaultText(
  messages: Messages,
  { code, params }: Pick<YamlFault, 'code' | 'params'>,
): string {
  const { faults, syntax } = messages.yamlEditor
  const known: Readonly<Record<string, string>> = syntax
  const message = known[params.reason ?? ''] ?? params.message ?? ''
  return faults[code]({ text: params.text ?? '', message })
}

/** The same for an editor: each at its place. */
export function yamlFaultProblems(
  messages: Messages,
  faults: readonly YamlFault[],
): { from: number; to: number; severity: 'error'; message: string }[] {
  return faults.map((fault) => ({
    from: fault.from,
    to: fault.to,
    severity: 'error',
    message: yamlFaultText(messages, fault),
  }))
}
