const PLAIN = /^\\?([0-9a-fA-F]{64})(?:[ \t]+\*?(.+))?$/
const TAGGED = /^SHA256 \((.+)\) ?= ?([0-9a-fA-F]{64})$/
const MOST_LINES = 10_000

/**
 * The SHA-256 that a checksum file gives for a package: `<hex>`, `<hex>  name`, `<hex> *name` or `SHA256 (name) = <hex>`.
 * A single line counts whatever name it has (files are renamed); of several, the one with the package's name.
 * @returns lower-case hex; undefined when the file says nothing about the package
 */
export function checksumFor(text: string, fileName: string): string | undefined {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/, MOST_LINES)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const entries = lines.flatMap((line) => {
    const tagged = TAGGED.exec(line)
    if (tagged !== null) return { name: tagged[1] ?? '', hex: tagged[2] ?? '' }
    const plain = PLAIN.exec(line)
    return plain === null ? [] : { name: plain[2] ?? '', hex: plain[1] ?? '' }
  })
  const [only] = entries
  if (only !== undefined && lines.length === 1) return only.hex.toLowerCase()
  return entries.find(({ name }) => name.split(/[/\\]/).at(-1) === fileName)?.hex.toLowerCase()
}
