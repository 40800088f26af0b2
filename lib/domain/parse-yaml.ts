import { isScalar, parseDocument, visit } from 'yaml'

/**
 * A stranger's YAML document (1.2, core schema) as plain values, in time that grows with its length alone.
 * @param maxAliasCount how often the text may repeat what it names
 * @throws Error its first line says what is wrong and where
 */
export function parseYaml(text: string, maxAliasCount: number): unknown {
  // Uniqueness is checked below: the library's own check is quadratic.
  const document = parseDocument(text, { schema: 'core', uniqueKeys: false, logLevel: 'error' })
  const [error] = document.errors
  if (error !== undefined) throw error
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) {
          const line = text.slice(0, key.range?.[0] ?? 0).split('\n').length
          throw new SyntaxError(`Map keys must be unique at line ${line}`)
        }
        seen.add(key.value)
      }
    },
  })
  return document.toJS({ maxAliasCount })
}
