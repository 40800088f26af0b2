/** A page's query as Next gives it, as the URLSearchParams that the browser reads. */
export function searchParametersOf(query: Record<string, string | string[] | undefined>): URLSearchParams {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) parameters.append(name, one)
  return parameters
}
