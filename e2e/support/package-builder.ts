import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'

type Header = Exclude<Parameters<ReturnType<typeof pack>['entry']>[0], string>

/** An entry of a package: a path (or any header that tar can carry) and its content. */
export type PackageEntry = readonly [header: string | Header, content?: string | Uint8Array]

/** A `.tgz` of exactly these entries, in this order, however wrong they are. */
export async function packTgz(entries: readonly PackageEntry[]): Promise<Buffer> {
  return gzipSync(await packTar(entries))
}

/** The same before compression. */
export async function packTar(entries: readonly PackageEntry[]): Promise<Buffer> {
  const tar = pack()
  for (const [header, content = ''] of entries)
    tar.entry(typeof header === 'string' ? { name: header } : header, Buffer.from(content as Uint8Array))
  tar.finalize()
  return buffer(tar)
}

export interface PluginOptions {
  name: string
  version: string
  /** Text or JSON for `cpaas.io/display-name`. */
  displayName?: string
  logo?: string
  /** Further fields of the spec, as YAML indented by two. */
  spec?: string
}

/** `res/resources.yaml` of a plugin without configuration that goes to any cluster. */
export function pluginYaml({
  name,
  version,
  displayName = name,
  logo = '',
  spec = '',
}: PluginOptions): string {
  return `apiVersion: cluster.alauda.io/v1alpha1
kind: ModulePlugin
metadata:
  name: ${name}
  annotations:
    cpaas.io/display-name: ${JSON.stringify(displayName)}
spec:
  name: ${name}
  version: ${version}
  logo: ${JSON.stringify(logo)}
  description: {en: A plugin of the tests, zh: 测试插件}
  deleteable: true
${spec}
`
}

/** A small package that publishes: no artifacts, no configuration unless `spec` brings one. */
export async function pluginPackage(options: PluginOptions): Promise<Buffer> {
  return packTgz([
    ['res/resources.yaml', pluginYaml(options)],
    ['res/artifacts.txt', ''],
  ])
}
