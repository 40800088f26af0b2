import { hideSecrets } from '../hide-secrets.ts'
import type { FormObject } from './form-model.ts'
import type { FormPath } from './form-path.ts'
import { locateInYaml } from './yaml-location.ts'
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

/** By the names of keys alone, to the end of the line: rather too much than too little. */
function guess(text: string, secrets: readonly FormPath[]): TextRange[] {
  const names = [...new Set(secrets.map((path) => String(path.at(-1))))]
  const words = names.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)).join('|')
  const key = new RegExp(String.raw`(?<![\w.-])(?:${words})["']?[ \t]*:[ \t]*(?=\S)(?!(?:""|'')\s*$)`)
  const ranges: TextRange[] = []
  let at = 0
  for (const line of text.split('\n')) {
    const match = key.exec(line)
    if (match !== null) ranges.push({ from: at + match.index + match[0].length, to: at + line.length })
    at += line.length + 1
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
  return pathsOf(secrets, reading.map).map((path) => locateInYaml(reading, path))
}
