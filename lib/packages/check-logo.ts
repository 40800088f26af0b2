import type { PackageWarning } from '#lib/domain/package-warning.ts'
import { packageWarning } from './package-warning.ts'
import { PackageError } from './package-error.ts'

const DATA_URI = /^data:image\/(svg\+xml|png|jpe?g|gif|webp)((?:;[a-z0-9=-]+)*),/i
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/**
 * What an SVG can run or load. Pages show logos where nothing of it works; a package is refused all the same.
 * No two runs of the same characters meet in a pattern: a stranger's half megabyte is read in linear time.
 */
const ACTIVE: readonly (readonly [RegExp, string])[] = [
  [/<\s*(?:[\w-]+:)?script/i, 'a script'],
  [/[\s"'/]on[a-z]+\s*=/i, 'an event handler'],
  [/attributeName\s*=[\s"']*on/i, 'an animated event handler'],
  [/javascript\s*:/i, 'a script link'],
  [/<\s*(?:[\w-]+:)?(?:foreignObject|iframe|object|embed)\b/i, 'foreign content'],
  [/<!ENTITY/i, 'an entity declaration'],
  [/<\?xml-stylesheet/i, 'a style sheet link'],
]
const EXTERNAL = /(?:href\s*=|url\(|@import\s)[\s"']*(?:https?:|\/\/)/i

/**
 * Checks a plugin's logo.
 * @returns warnings: why the logo will not be shown, or not in full
 * @throws PackageError `logo-invalid` when it is too large or can do more than be looked at
 */
export function checkLogo(logo: string, maxBytes: number): PackageWarning[] {
  const field = 'spec.logo'
  if (logo === '') return [packageWarning('no-logo')]
  if (logo.length > maxBytes)
    throw new PackageError('logo-invalid', `The logo is larger than ${maxBytes} bytes`, {
      field,
      limit: maxBytes,
    })
  const head = DATA_URI.exec(logo)
  if (head === null) return [packageWarning('logo-elsewhere')]
  const body = logo.slice(head[0].length)
  const isBase64 = /;base64$/i.test(head[2] ?? '')
  if (isBase64 && !BASE64.test(body.replaceAll(/\s+/g, '')))
    throw new PackageError('logo-invalid', 'The logo is not valid base64', { field })
  if (head[1]?.toLowerCase() !== 'svg+xml') return []
  const svg = svgText(body, isBase64)
  for (const [pattern, what] of ACTIVE)
    if (pattern.test(svg))
      throw new PackageError('logo-invalid', `The logo's SVG contains ${what}`, { field })
  return EXTERNAL.test(svg) ? [packageWarning('logo-loads')] : []
}

function svgText(body: string, isBase64: boolean): string {
  try {
    const raw = isBase64
      ? new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64'))
      : decodeURIComponent(body)
    if (!/<(?:[\w-]+:)?svg[\s>/]/i.test(raw)) throw new TypeError('no svg element')
    return raw.replace(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?/gi, (_all, hex?: string, dec?: string) =>
      codePoint(hex === undefined ? Number(dec) : Number.parseInt(hex, 16)),
    )
  } catch (error) {
    throw new PackageError('logo-invalid', 'The logo is not a readable SVG', {
      field: 'spec.logo',
      cause: error,
    })
  }
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}
