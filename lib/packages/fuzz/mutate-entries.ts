import * as fc from 'fast-check'
import { blobOf } from '../testing/oci-blobs.ts'
import type { TestEntry } from '../testing/pack-entries.ts'
import { byteMutations, mutateBytes } from './mutate-bytes.ts'

type EntryMutation = (entries: TestEntry[]) => TestEntry[]

const NASTY_TEXTS = [
  '__proto__',
  'constructor',
  '../../x',
  '/etc/passwd',
  '<script>alert(1)</script>',
  '%00',
  '\u0000',
  '\u202e',
  'a'.repeat(300),
  'sha256:',
  'sha256:../../../x',
  '',
  '-1',
  '1e999',
]
const PATHS = [
  'res/resources.yaml',
  'res/artifacts.txt',
  'res/registry/index.json',
  'res/registry/oci-layout',
  'res/registry/ait/one/index.json',
  'res/registry/docker/registry/v2/repositories/ait/demo/_manifests/tags/v1/current/link',
  'setup.sh',
  'a/b',
]
const nasty = fc.oneof(fc.constantFrom(...NASTY_TEXTS), fc.string({ maxLength: 40 }))
/** Any JSON, with the names that manifests have here and there. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.oneof(nasty, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          'digest',
          'mediaType',
          'size',
          'config',
          'layers',
          'manifests',
          'platform',
          'annotations',
        ),
        fc.constantFrom('apiVersion', 'kind', 'metadata', 'spec', 'name', 'labels', 'os', 'architecture'),
        nasty,
      ),
      tie('json'),
      { maxKeys: 6, noNullPrototype: true },
    ),
  ),
}))

const index = fc.nat({ max: 1000 })
const content = fc.oneof(
  nasty,
  json.map((value) => JSON.stringify(value)),
)

/** Changes to what an archive holds, made before it is packed: its digests may be good where its contents are not. */
export const entryMutations: fc.Arbitrary<EntryMutation> = fc
  .array(
    fc.oneof(
      index.map(
        (at): EntryMutation =>
          (all) =>
            all.toSpliced(at % (all.length || 1), 1),
      ),
      index.map((at): EntryMutation => (all) => [...all, ...all.slice(at % (all.length || 1)).slice(0, 1)]),
      fc.tuple(index, content).map(
        ([at, text]): EntryMutation =>
          (all) =>
            changed(all, at, (entry) => [entry[0], text]),
      ),
      fc.tuple(index, byteMutations).map(
        ([at, mutations]): EntryMutation =>
          (all) =>
            changed(all, at, ([path, bytes = '']) => [
              path,
              mutateBytes(Buffer.from(bytes as string), mutations),
            ]),
      ),
      fc
        .tuple(fc.oneof(fc.constantFrom(...PATHS), nasty), content)
        .map(([path, text]): EntryMutation => (all) => [
          ...all,
          [path === '' ? 'x' : path.slice(0, 90), text],
        ]),
      // A blob whose digest is right, whatever it is, under its own path in either layout.
      fc.tuple(json, fc.boolean()).map(([value, isOci]): EntryMutation => (all) => {
        const { hex, bytes, digest } = blobOf(JSON.stringify(value) ?? 'null')
        const v2 = 'res/registry/docker/registry/v2'
        return isOci
          ? [
              ...all,
              [`res/registry/blobs/sha256/${hex}`, bytes],
              ['res/registry/ait/x/index.json', indexWith(digest)],
            ]
          : [
              ...all,
              [`${v2}/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`, bytes],
              [`${v2}/repositories/ait/x/_manifests/tags/v1/current/link`, digest],
            ]
      }),
      fc
        .tuple(
          index,
          fc.constantFrom('symlink' as const, 'link' as const, 'character-device' as const, 'fifo' as const),
        )
        .map(
          ([at, type]): EntryMutation =>
            (all) =>
              changed(all, at, ([path]) => [
                { name: nameOf(path), type, linkname: '../../etc/passwd', size: 0 },
                '',
              ]),
        ),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((mutations) => (entries) => mutations.reduce((all, mutate) => mutate(all), entries))

function changed(all: TestEntry[], at: number, change: (entry: TestEntry) => TestEntry): TestEntry[] {
  const where = at % (all.length || 1)
  return all.map((entry, position) => (position === where ? change(entry) : entry))
}

function nameOf(header: TestEntry[0]): string {
  return typeof header === 'string' ? header : header.name
}

function indexWith(digest: string): string {
  const annotations = { 'org.opencontainers.image.ref.name': 'ait/x:v1' }
  return JSON.stringify({ schemaVersion: 2, manifests: [{ digest, size: 1, annotations }] })
}
