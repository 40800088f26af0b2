/** No room on the disk, or in the quota, or for so large a file: errno(3). */
const NO_SPACE: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** Whether the disk is full. */
export function isNoSpace(error: unknown): boolean {
  return isSystemError(error) && NO_SPACE.includes(error.code)
}

/** Whether the operating system refused something: nothing is wrong with the package then. */
export function isSystemError(error: unknown): error is Error & { code?: unknown } {
  return error instanceof Error && 'errno' in error && 'syscall' in error
}
