import { COMMANDS } from '../commands.ts'
import { ERROR_DOCUMENT } from '../failure.ts'

/**
 * What a document that `--output json` wrote holds without its command saying so.
 * @param command its name
 * @returns paths such as `artifacts[].digest`; none when all of it is documented
 */
export function undocumentedFields(command: string, value: unknown): string[] {
  const documented = [
    ...(COMMANDS.find(({ name }) => name === command)?.document ?? []),
    ...ERROR_DOCUMENT,
  ].map(([path]) => path)
  const isKnown = (path: string) =>
    documented.some(
      (known) => known === path || known.startsWith(`${path}.`) || known.startsWith(`${path}[]`),
    )
  return [...new Set(pathsIn(value, ''))].filter((path) => !isKnown(path))
}

function pathsIn(value: unknown, path: string): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [path] : value.flatMap((item) => pathsIn(item, `${path}[]`))
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = path === 'applications' ? '<name>' : key
    return pathsIn(inner, path === '' ? name : `${path}.${name}`)
  })
}
