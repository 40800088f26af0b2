import type { RefusedValue } from '#components/form/form-faults.ts'
import { formErrorText } from '#components/form/form-error-text.ts'
import type { EditorProblem } from '#components/ui/code-editor/editor-problem.ts'
import type { FormModel, FormObject } from '#lib/domain/form/form-model.ts'
import { parsePath } from '#lib/domain/form/form-path.ts'
import { validateConfig } from '#lib/domain/form/validate-config.ts'
import { locateInYaml } from '#lib/domain/form/yaml-location.ts'
import type { YamlMapReading } from '#lib/domain/form/yaml-reader.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'
import { reasonText } from '#lib/i18n/reason-text.ts'
import { yamlFaultProblems } from '#lib/i18n/yaml-fault-text.ts'

/**
 * Everything that is wrong with a configuration's YAML, at its places, in their order.
 * @param options.current what is installed, when that is changed
 * @param options.refused what the server said about values that are still there
 */
export function yamlProblems(options: {
  messages: Messages
  reading: YamlMapReading
  form: FormModel
  current: FormObject | undefined
  refused: readonly RefusedValue[]
}): EditorProblem[] {
  const { messages, reading, form, current, refused } = options
  if ('faults' in reading) return yamlFaultProblems(messages, reading.faults)
  const at = (path: string, text: string): EditorProblem => ({
    ...locateInYaml(reading, parsePath(path) ?? []),
    severity: 'error',
    message: path === '' ? text : messages.yamlEditor.pane.atPath({ path, message: text }),
  })
  const found = validateConfig(form, reading.map, current === undefined ? {} : { current })
  const told = new Set(found.map(({ path }) => path))
  return [
    ...found.map((error) => at(error.path, formErrorText(messages, error))),
    ...refused
      .filter(({ path }) => !told.has(path))
      .map(({ path, detail, reason }) =>
        at(path, reason === undefined ? detail : reasonText(messages, reason)),
      ),
  ].sort((a, b) => a.from - b.from)
}
