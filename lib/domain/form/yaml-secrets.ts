import { hideSecrets } from '../hide-secrets.ts'
import type { FormObject } from './form-model.ts'
import type { FormPath } from './form-path.ts'
import { valueInYaml } from './yaml-location.ts'
import type { TextRange } from './yaml-location.ts'
import type { YamlMapReading } from './yaml-reader.ts'

function pathsOf(secrets: readonly FormPath[], config: FormObject): FormPath[] {
  const paths: FormPath[] = []
  hideSecrets(config, [], secrets, (value, path) => {
    paths.push(path)
    return value
  })
  return paths
}

/** How many lines below one go on with its value: those further in, without blank ones at the end. */
function linesBelow(lines: readonly string[], index: number): number {
  const indent = /^[ -]*/.exec(lines[index] ?? '')?.[0].length ?? 0
  let count = 0
  for (let below = index + 1; below < lines.length; below++) {
    const line = lines[below] ?? ''
    if (line.trim() === '') continue
    if (line.length - line.trimStart().length <= indent) break
    count = below - index
  }
  return count
}

/** By the names of keys alone, to the end of the lines: rather too much than too little. */
function guess(text: string, secrets: readonly FormPath[]): TextRange[] {
  const names = [...new Set(secrets.map((path) => String(path.at(-1))))]
  const words = names.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)).join('|')
  const key = new RegExp(String.raw`(?<![\w.-])(?:${words})["']?[ \t]*:[ \t]*`)
  const ranges: TextRange[] = []
  const lines = text.split('\n')
  let at = 0
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const match = key.exec(line)
    const from = match === null ? 0 : at + match.index + match[0].length
    let to = at + line.length
    if (match !== null)
      for (const more = index + linesBelow(lines, index); index < more; index++)
        to += (lines[index + 1]?.length ?? 0) + 1
    at = to + 1
    const found = text.slice(from, to).trim()
    if (match !== null && found !== '' && found !== '""' && found !== "''") ranges.push({ from, to })
  }
  return ranges
}

/**
 * Where a configuration's YAML holds passwords. While the text can't be read they are guessed, so that a slip of the
 * finger shows nobody's password.
 * @param secrets paths of the form's passwords; a `null` step stands for every row
 */
export function locateSecrets(
  text: string,
  reading: YamlMapReading,
  secrets: readonly FormPath[],
): TextRange[] {
  if (secrets.length === 0) return []
  if ('faults' in reading) return guess(text, secrets)
  const ranges = new Map<number, TextRange>()
  for (const path of pathsOf(secrets, reading.map)) {
    const range = valueInYaml(reading, path)
    // Several may be given by one anchor.
    if (range !== null) ranges.set(range.from, range)
  }
  return [...ranges.values()]
}
