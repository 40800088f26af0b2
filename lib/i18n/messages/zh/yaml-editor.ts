import type { Messages } from '../en.ts'

/** The YAML side of a form. */
export const yamlEditor: Messages['yamlEditor'] = {
  title: 'YAML 编辑',
}
