import type { form as english } from '../en/form.ts'

/** The dynamic form. */
export const form: typeof english = {}
