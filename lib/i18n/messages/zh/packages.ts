import type { packages as english } from '../en/packages.ts'

/** The Upload Packages page. */
export const packages: typeof english = {}
