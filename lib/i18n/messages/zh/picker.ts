import type { Messages } from '../en.ts'

/** Live resources in forms. */
export const picker: Messages['picker'] = {
  title: '集群资源',
}
