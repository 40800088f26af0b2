/** An error nobody expected, for the log: its name and code. Messages may hold what packages say. */
export function errorLine(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error ? ` ${String(error.code)}` : ''
  const place = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? ''
  return `${error.name}${code} ${place.trim()}`.slice(0, 300)
}
