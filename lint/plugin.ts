import { dirname, relative, resolve, sep } from 'node:path'
import { isBuiltin } from 'node:module'
import { ONLY_IN, ROOMS, type Room } from './rooms.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** The room of a path relative to the project's root; undefined outside every room. */
export function roomOf(path: string): Room | undefined {
  let best: Room | undefined
  for (const room of ROOMS) {
    const inside = path === room.path || path.startsWith(`${room.path}/`)
    if (inside && room.path.length > (best?.path.length ?? 0)) best = room
  }
  return best
}

/**
 * Why `specifier` may not be imported by `file` (path relative to the root), or undefined when it may.
 * Type-only imports count too: a type ties two rooms together as firmly as a value.
 */
export function importProblem(file: string, specifier: string, typeOnly = false): string | undefined {
  const from = roomOf(file)
  if (from === undefined) return undefined
  const isTest = /\.test\.tsx?$/.test(file)
  for (const [name, rooms] of Object.entries(ONLY_IN)) {
    const matches = name.endsWith('/')
      ? specifier.startsWith(name)
      : specifier === name || specifier.startsWith(`${name}/`)
    if (matches && !rooms.includes(from.path))
      return `'${specifier}' belongs to ${rooms.join(', ')}; ${from.path} uses what that room exports`
  }
  if (isBuiltin(specifier))
    return from.browser && !typeOnly && !isTest
      ? `${from.path} runs in a browser and can't import '${specifier}'`
      : undefined
  const target = targetOf(file, specifier)
  if (target === undefined) return undefined
  const to = roomOf(target)
  if (to === undefined || to.path === from.path || from.imports.includes(to.path)) return undefined
  return `${from.path} may not import ${to.path} ('${specifier}')`
}

function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (!specifier.startsWith('.')) return undefined
  return relative(ROOT, resolve(ROOT, dirname(file), specifier))
    .split(sep)
    .join('/')
}

interface ImportNode {
  readonly source?: { readonly type: string; readonly value?: unknown } | null
  readonly importKind?: string
  readonly exportKind?: string
}

interface RuleContext {
  readonly filename: string
  report(finding: { node: unknown; message: string }): void
}

const importsRule = {
  create(context: RuleContext) {
    const file = relative(ROOT, context.filename).split(sep).join('/')
    const check = (node: ImportNode) => {
      if (typeof node.source?.value !== 'string') return
      const typeOnly = node.importKind === 'type' || node.exportKind === 'type'
      const message = importProblem(file, node.source.value, typeOnly)
      if (message !== undefined) context.report({ node, message })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    }
  },
}

export default { meta: { name: 'rooms' }, rules: { imports: importsRule } }
