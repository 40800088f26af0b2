import type { Messages } from '../en.ts'

/** The gallery of form controls (development). */
export const gallery: Messages['gallery'] = {
  title: '表单控件一览',
}
