import { createHash } from 'node:crypto'

export interface LogoImage {
  contentType: string
  bytes: Buffer
  /** Hex, short: names this rendition in a URL. */
  hash: string
}

const LARGEST = 512 * 1024
const DATA_URI = /^data:image\/[a-z0-9.+-]{1,40}((?:;[a-z0-9=.-]{1,60})*),/i

function magic(bytes: Buffer): string | undefined {
  const ascii = (from: number, to: number): string => bytes.subarray(from, to).toString('latin1')
  if (ascii(0, 8) === '\u0089PNG\r\n\u001a\n') return 'image/png'
  if (ascii(0, 3) === '\u00ff\u00d8\u00ff') return 'image/jpeg'
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'image/gif'
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp'
  return undefined
}

/** An SVG begins with its element, after at most a declaration, a doctype without entities and comments. */
function isSvg(bytes: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const body = text
      .slice(0, 4096)
      .replace(/^\s*<\?xml[^>]*\?>/, '')
      .replaceAll(/<!--[^]*?-->/g, '')
      .replace(/<!DOCTYPE[^>[]*>/i, '')
      .trimStart()
    return /^<(?:[A-Za-z][\w-]{0,20}:)?svg[\s>/]/.test(body) && !/<!ENTITY/i.test(text)
  } catch {
    return false
  }
}

function bytesOf(body: string, isBase64: boolean): Buffer | undefined {
  if (isBase64) {
    const compact = body.replaceAll(/\s+/g, '')
    return /^[A-Za-z0-9+/]+={0,2}$/.test(compact) ? Buffer.from(compact, 'base64') : undefined
  }
  try {
    return Buffer.from(decodeURIComponent(body), 'utf8')
  } catch {
    return undefined
  }
}

/**
 * The image in a plugin's logo, a stranger's data URI. Its type is told by its bytes, not by its label. What an SVG
 * could do besides being looked at is left to how it is served: as an image, under a policy that runs and loads nothing.
 * Null when there is none, or it is too large or no image that browsers show.
 */
export function parseLogo(logo: string): LogoImage | null {
  if (logo.length > LARGEST * 1.4) return null
  const head = DATA_URI.exec(logo)
  if (head === null) return null
  const bytes = bytesOf(logo.slice(head[0].length), /;base64$/i.test(head[1] ?? ''))
  if (bytes === undefined || bytes.length === 0 || bytes.length > LARGEST) return null
  const contentType = magic(bytes) ?? (isSvg(bytes) ? 'image/svg+xml' : undefined)
  if (contentType === undefined) return null
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  return { contentType, bytes, hash }
}
