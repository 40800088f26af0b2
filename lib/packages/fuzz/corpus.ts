import { gzipSync } from 'node:zlib'
import { chartArtifact } from '../chart-artifact.ts'
import { imageOf, indexOf, ociLayout } from '../testing/oci-blobs.ts'
import { pluginYaml, tarEntries, type TestEntry } from '../testing/pack-entries.ts'

const AMD = { os: 'linux', architecture: 'amd64' }
const ARM = { os: 'linux', architecture: 'arm64' }

/** Small packages that are fine, as the entries of their archives: what mutations start from. */
export async function corpus(): Promise<TestEntry[][]> {
  const chart = new Map(
    Object.entries({
      'Chart.yaml': 'name: demo\nversion: 1.0.0\n',
      'values.yaml': 'global: {images: {a: {repository: ait/a, tag: v1}}}\n',
      'scripts/plugin-config.yaml':
        'config: {a: {b: 1}}\ndeployDescriptors: [{path: a.b, x-descriptors: []}]\n',
    }).map(([path, text]) => [path, Buffer.from(text)]),
  )
  const inRegistry = await chartArtifact('ait/demo', 'v1.0.0', { name: 'demo' }, chart)
  const spec = `  mainChart: ait/demo
  appReleases: [{name: demo, chartVersions: [{name: ait/demo, releaseName: demo, version: v1.0.0}]}]`
  const both = indexOf([
    { image: imageOf('amd', AMD), ...AMD },
    { image: imageOf('arm', ARM), ...ARM },
  ])
  return [
    [
      ['res/resources.yaml', pluginYaml(spec)],
      ['res/artifacts.txt', 'ait/demo:v1.0.0\n'],
      ...[...inRegistry].map(([path, bytes]): TestEntry => [path, bytes]),
    ],
    [
      ...ociLayout('res/registry', [
        ['ait/one:v1', both],
        ['v2', both],
      ]),
      ['res/resources.yaml', pluginYaml()],
      ['res/artifacts.txt', '# two\nait/one:v1\nait/two:v2\n'],
      ['res/hooks/pre.sh', 'exit 1'],
    ],
    [
      ['res/resources.yaml', pluginYaml('  config: {x: null}')],
      ['res/artifacts.txt', ''],
    ],
  ]
}

/** The archive of some entries; links and devices carry nothing. */
export async function archiveOf(entries: readonly TestEntry[]): Promise<Buffer> {
  const carried = entries.map(([header, content]): TestEntry => {
    const isFile = typeof header === 'string' || (header.type ?? 'file') === 'file'
    return isFile ? [header, content ?? ''] : [header]
  })
  return gzipSync(await tarEntries(carried), { level: 1 })
}
