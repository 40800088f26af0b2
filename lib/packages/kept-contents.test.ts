import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { assert, json as anyJson, property } from 'fast-check'
import { expect, test } from 'vitest'
import { keptContents, readKeptContents } from './kept-contents.ts'
import type { PackageContents } from './package-contents.ts'

const ARTIFACT = {
  repository: 'ait/demo',
  tag: 'v1',
  digest: 'sha256:x',
  type: 'image' as const,
  platforms: ['linux/amd64', 'linux/arm64'],
  bytes: 7,
}
const IMAGE = { name: 'demo', repository: 'ait/demo', tag: 'v1', supportsArm: true, thirdParty: false }

function contents(files: Record<string, string>, artifacts = [ARTIFACT]): PackageContents {
  return { mainChart: { files }, artifacts, images: [IMAGE] } as unknown as PackageContents
}

test('what is kept is read back', () => {
  const kept = readKeptContents(keptContents(contents({ 'README.md': '# Hi', 'CHANGELOG.md': 'none' })))
  const { repository, tag, type, platforms, bytes } = ARTIFACT
  expect(kept).toEqual({
    readme: '# Hi',
    changelog: 'none',
    artifacts: [{ repository, tag, type, platforms, bytes }],
    images: [IMAGE],
    isShortened: false,
  })
})

test('what is too long is left out, the changelog first, and that is said', () => {
  const noise = (bytes: number) => randomBytes(bytes).toString('base64')
  const kept = readKeptContents(
    keptContents(contents({ 'README.md': 'short', 'CHANGELOG.md': noise(40_000) })),
  )
  expect(kept).toMatchObject({ readme: 'short', changelog: null, isShortened: true })
  const many = Array.from({ length: 500 }, () => ({ ...ARTIFACT, repository: noise(200) }))
  const least = keptContents(contents({ 'README.md': noise(40_000) }, many))
  expect(least.length).toBeLessThanOrEqual(32 * 1024)
  expect(readKeptContents(least)).toMatchObject({ readme: null, artifacts: [], isShortened: true })
})

test('strangers’ annotations never throw, and unfold to little', () => {
  const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024)).toString('base64')
  for (const text of [undefined, '', 'x', bomb, gzipSync('[]').toString('base64')])
    expect(readKeptContents(text)).toBeUndefined()
  assert(
    property(anyJson(), (json) => {
      const kept = readKeptContents(gzipSync(json).toString('base64'))
      expect(kept === undefined || Array.isArray(kept.artifacts)).toBe(true)
    }),
  )
})
