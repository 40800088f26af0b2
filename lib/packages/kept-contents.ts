import { gunzipSync, gzipSync } from 'node:zlib'
import { cleanText } from '#lib/domain/clean-text.ts'
import { isRecord } from './oci-manifest.ts'
import type { PackageArtifact, PackageContents, RelatedImage } from './package-contents.ts'

/** What of a package stays known beside its objects. */
export interface KeptContents {
  readme: string | null
  changelog: string | null
  artifacts: Omit<PackageArtifact, 'digest'>[]
  images: RelatedImage[]
  /** Something was left out for its length. */
  isShortened: boolean
}

/** Characters of the annotation: a cluster keeps all of them in memory, several times over. */
const MOST_KEPT = 32 * 1024
const MOST_UNPACKED = 1024 * 1024
const MOST_TEXT = 64 * 1024
const MOST_LISTED = 500
const LONGEST_NAME = 500

/** Packs what stays known of a package into the text of an annotation. */
export function keptContents({ mainChart, artifacts, images }: PackageContents): string {
  const text = (file: string) => mainChart?.files[file]?.slice(0, MOST_TEXT) ?? null
  const isLong = [text('README.md'), text('CHANGELOG.md')].some((one) => one?.length === MOST_TEXT)
  const all: KeptContents = {
    readme: text('README.md'),
    changelog: text('CHANGELOG.md'),
    artifacts: artifacts
      .slice(0, MOST_LISTED)
      .map(({ repository, tag, type, platforms, bytes }) => ({ repository, tag, type, platforms, bytes })),
    images: images.slice(0, MOST_LISTED),
    isShortened: isLong || artifacts.length > MOST_LISTED || images.length > MOST_LISTED,
  }
  // What can be read elsewhere goes first.
  const shorter: Partial<KeptContents>[] = [
    {},
    { changelog: null },
    { changelog: null, readme: null },
    { changelog: null, readme: null, images: [] },
    { changelog: null, readme: null, images: [], artifacts: [] },
  ]
  for (const [at, change] of shorter.entries()) {
    const packed = pack(at === 0 ? all : { ...all, ...change, isShortened: true })
    if (packed.length <= MOST_KEPT) return packed
  }
  return ''
}

function pack(contents: KeptContents): string {
  return gzipSync(JSON.stringify(contents), { level: 9 }).toString('base64')
}

/** Reads what `keptContents` wrote; undefined for anything else, however hostile. */
export function readKeptContents(text: string | undefined): KeptContents | undefined {
  if (text === undefined || text === '' || text.length > MOST_KEPT) return undefined
  let value: unknown
  try {
    const bytes = gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: MOST_UNPACKED })
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
  if (!isRecord(value)) return undefined
  const { readme, changelog, artifacts, images, isShortened } = value
  return {
    readme: longText(readme),
    changelog: longText(changelog),
    artifacts: listOf(artifacts).map(artifactOf),
    images: listOf(images).map(imageOf),
    isShortened: isShortened === true,
  }
}

function longText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, MOST_TEXT) : null
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.slice(0, MOST_LISTED).filter(isRecord) : []
}

function name(value: unknown): string {
  return typeof value === 'string' ? cleanText(value, LONGEST_NAME) : ''
}

const TYPES = ['chart', 'image', 'other', 'absent'] as const

function artifactOf({ repository, tag, type, platforms, bytes }: Record<string, unknown>) {
  return {
    repository: name(repository),
    tag: name(tag),
    type: TYPES.find((known) => known === type) ?? 'other',
    platforms: Array.isArray(platforms) ? platforms.slice(0, 50).map(name) : [],
    bytes: typeof bytes === 'number' && Number.isSafeInteger(bytes) ? bytes : 0,
  }
}

function imageOf(image: Record<string, unknown>): RelatedImage {
  const { supportsArm } = image
  return {
    name: name(image['name']),
    repository: name(image['repository']),
    tag: name(image['tag']),
    supportsArm: typeof supportsArm === 'boolean' ? supportsArm : null,
    thirdParty: image['thirdParty'] === true,
  }
}
