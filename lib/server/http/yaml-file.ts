/** YAML as a file to be kept. @param name a plain file name: letters, digits, `.`, `-`, `_`, `+` */
export function yamlFile(name: string, text: string): Response {
  return new Response(text, {
    headers: {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}
