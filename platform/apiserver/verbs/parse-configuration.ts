import { parseDocument } from 'yaml'
import type { ParseOptions, SchemaOptions, DocumentOptions } from 'yaml'
import type { Json } from '#lib/kinds/object.ts'
import { badRequest } from '../api-error.ts'
import { parseJson } from '../http/read-body.ts'

/** YAML 1.1 as Go reads it: `yes` is true, but times and dates stay texts. */
const OPTIONS: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  schema: 'yaml-1.1',
  customTags: (tags) =>
    tags.filter(
      (tag) => typeof tag === 'string' || (!tag.tag.endsWith(':timestamp') && tag.format !== 'TIME'),
    ),
}

/**
 * Reads a configuration to apply. kubectl sends JSON, which is YAML too but much faster to read as what it is.
 * @returns the value, and one text for each key that is there twice (the last one counts)
 * @throws ApiError 400 when it is not YAML
 */
export function parseConfiguration(text: string): { value: Json; duplicates: string[] } {
  if (text.trimStart().startsWith('{'))
    try {
      JSON.parse(text)
      return { value: parseJson(text), duplicates: [] }
    } catch (error) {
      // YAML that only looks like JSON goes on below.
      if (!(error instanceof SyntaxError)) throw error
    }
  try {
    const document = parseDocument(text, OPTIONS)
    const isDuplicate = ({ code }: { code: string }) => code === 'DUPLICATE_KEY'
    const wrong = document.errors.find((error) => !isDuplicate(error))
    if (wrong !== undefined) throw wrong
    const duplicates = document.errors.map(
      ({ linePos, pos }) =>
        `line ${linePos?.[0].line ?? 0}: key ${JSON.stringify(keyAt(text, pos[0]))} already set in map`,
    )
    return { value: parseJson(JSON.stringify(document.toJS({ maxAliasCount: 100 }) ?? null)), duplicates }
  } catch (error) {
    const [line = ''] = (error as Error).message.split('\n')
    throw badRequest(`error decoding YAML: error converting YAML to JSON: yaml: ${line}`)
  }
}

function keyAt(text: string, start: number): string {
  return /^"[^"]*"|^'[^']*'|^[^\s:]+/.exec(text.slice(start))?.[0].replaceAll(/^["']|["']$/g, '') ?? ''
}
