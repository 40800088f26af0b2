import { formatPath, isAtOrBelow } from '#lib/domain/form/form-path.ts'
import type { FormPath } from '#lib/domain/form/form-path.ts'
import type { InnerError } from './widgets/widget-props.ts'

/** Whether an error is about exactly this path. */
export function isAt(error: InnerError, path: FormPath): boolean {
  return error.path.length === path.length && isAtOrBelow(error.path, path)
}

/** The errors at a path or below it. */
export function errorsIn(errors: readonly InnerError[], path: FormPath): InnerError[] {
  return errors.filter((error) => isAtOrBelow(error.path, path))
}

/** Errors below `path` as lines of text that say where, for controls that have no input of their own there. */
export function linesBelow(errors: readonly InnerError[], path: FormPath): string[] {
  return errors.map((error) => `${formatPath(error.path.slice(path.length))}: ${error.text}`)
}
