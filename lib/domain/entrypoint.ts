const LONGEST = 2048
const PLACEHOLDER = /(?:<<|\{\{)-?\s*\.(ClusterName|ClusterType|IsGlobal|ModuleName|Version)\s*-?(?:>>|\}\})/g
const TEMPLATE_REST = /<<|>>|\{\{|\}\}/

/**
 * A link that is safe to follow: http(s), or an absolute path of the platform. Null for anything else: other schemes,
 * protocol-relative addresses, credentials in the address, control characters.
 */
export function safeLink(text: string | undefined): string | null {
  const link = text?.trim() ?? ''
  if (link === '' || link.length > LONGEST || /[\p{Cc}\s\\]/u.test(link)) return null
  if (link.startsWith('/')) return link.startsWith('//') ? null : link
  if (!/^https?:\/\//i.test(link) || !URL.canParse(link)) return null
  const { username, password, href } = new URL(link)
  return username === '' && password === '' ? href : null
}

export interface EntrypointFacts {
  ClusterName: string
  ModuleName: string
  Version: string
  IsGlobal: boolean
}

/**
 * The link to a plugin's own page: what stands on the installation, else the version's template with the simple
 * placeholders filled in. A template that asks for more than these gives no link.
 */
export function entrypointOf(
  entrypoint: string | undefined,
  template: string | undefined,
  facts: EntrypointFacts,
): string | null {
  const own = safeLink(entrypoint)
  if (own !== null || template === undefined) return own
  const values: Record<string, string> = {
    ...facts,
    IsGlobal: String(facts.IsGlobal),
    ClusterType: facts.IsGlobal ? 'Global' : 'Workload',
  }
  const filled = template
    .slice(0, LONGEST)
    .replaceAll(PLACEHOLDER, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  return TEMPLATE_REST.test(filled) ? null : safeLink(filled)
}
