/** One challenge of a `WWW-Authenticate` header; scheme and names of parameters in lower case. */
export interface Challenge {
  scheme: string
  parameters: ReadonlyMap<string, string>
}

const LONGEST = 8192
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y
const QUOTED = /"((?:[^"\\]|\\.)*)"/y
const BLANKS = /[ \t]*/y
/** Base64 after a scheme, such as Negotiate's; nothing we use. */
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y

/** Reads a `WWW-Authenticate` header (RFC 9110, 11.6.1), several challenges in one too. Stops at what makes no sense. */
export function parseChallenges(header: string): Challenge[] {
  const text = header.slice(0, LONGEST)
  const challenges: { scheme: string; parameters: Map<string, string> }[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) at = pattern.lastIndex
    return match
  }
  while (at < text.length) {
    take(BLANKS)
    if (text[at] === ',') {
      at += 1
      continue
    }
    const name = take(TOKEN)?.[0]
    if (name === undefined) break
    const hadBlank = /[ \t]/.test(text[at] ?? '')
    take(BLANKS)
    const current = challenges.at(-1)
    if (text[at] === '=' && current !== undefined) {
      at += 1
      take(BLANKS)
      const value = take(QUOTED)?.[1]?.replaceAll(/\\(.)/gs, '$1') ?? take(TOKEN)?.[0]
      if (value === undefined) break
      current.parameters.set(name.toLowerCase(), value)
      continue
    }
    challenges.push({ scheme: name.toLowerCase(), parameters: new Map() })
    if (hadBlank && !/^[^\s,=]+[ \t]*=[ \t]*(?:"|[^\s,=])/.test(text.slice(at))) take(TOKEN68)
  }
  return challenges
}
