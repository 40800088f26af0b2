import type { Messages } from '../en.ts'

/** What an upgrade does to the parameters. */
export const upgrade: Messages['upgrade'] = {
  title: '参数',
}
