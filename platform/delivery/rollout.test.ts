import { describe, expect, test } from 'vitest'
import type { AppRelease } from '#lib/kinds/app-release.ts'
import type { ConfigMap } from '#lib/kinds/core.ts'
import { instructionFor, stageMilliseconds } from './marker.ts'
import type { Instruction } from './marker.ts'
import { isRemoving, removalStatus, rolloutStep } from './rollout.ts'

const NOW = new Date('2026-01-02T03:04:05Z')
const DELIVER: Instruction = { kind: 'deliver' }

const release = (generation = 1, status?: AppRelease['status'], revision = '1.0.0'): AppRelease => ({
  apiVersion: 'operator.alauda.io/v1alpha1',
  kind: 'AppRelease',
  metadata: { name: 'x', namespace: 'cpaas-system', generation },
  spec: { source: { charts: [{ name: 'ait/chart-x', releaseName: 'x', targetRevision: revision }] } },
  ...(status === undefined ? {} : { status }),
})

/** The phases that a rollout goes through until nothing follows by itself. */
function phases(start: AppRelease, instruction: Instruction, stageMs = 10): string[] {
  const seen: string[] = []
  let current = start
  for (let index = 0; index < 20; index += 1) {
    const step = rolloutStep(current, instruction, stageMs, NOW)
    if (step === null) return seen
    current = { ...current, status: step.status }
    seen.push(step.status.charts?.['ait/chart-x']?.phase ?? '')
    if (step.nextAfterMs === null) return seen
  }
  return seen
}

function rolledOut(instruction = DELIVER): AppRelease {
  let current = release()
  for (let index = 0; index < 10; index += 1) {
    const step = rolloutStep(current, instruction, 10, NOW)
    if (step === null) break
    current = { ...current, status: step.status }
  }
  return current
}

describe('rollout', () => {
  test('goes through its stages to Synced, and is healthy then', () => {
    expect(phases(release(), DELIVER)).toEqual(['Pending', 'Pulling', 'Installing', 'Waiting', 'Synced'])
    const { status } = rolledOut()
    expect(status).toMatchObject({
      observedGeneration: 1,
      charts: {
        'ait/chart-x': { phase: 'Synced', revision: '1.0.0', installedRevision: '1.0.0', message: '' },
      },
      conditions: [
        { type: 'Sync', status: 'True', reason: 'Synced' },
        { type: 'Health', status: 'True', reason: 'Healthy' },
      ],
    })
    expect(rolloutStep(rolledOut(), DELIVER, 10, NOW)).toBeNull()
  })

  test('without stages it is there at once', () => {
    expect(phases(release(), DELIVER, 0)).toEqual(['Synced'])
  })

  test('fails where it would have ended, and starts over when it may', () => {
    const fail: Instruction = { kind: 'fail', cause: 'no image' }
    expect(phases(release(), fail).slice(-2)).toEqual(['Waiting', 'Failed'])
    const failed = rolledOut(fail)
    expect(failed.status?.charts?.['ait/chart-x']?.message).toBe('no image')
    expect(failed.status?.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Health',
        status: 'False',
        reason: 'RolloutFailed',
        message: 'no image',
      }),
    )
    expect(rolloutStep(failed, fail, 10, NOW)).toBeNull()
    expect(phases(failed, DELIVER).at(-1)).toBe('Synced')
  })

  test('hangs at its last stage', () => {
    expect(phases(release(), { kind: 'hang' }).at(-1)).toBe('Waiting')
  })

  test('a changed spec rolls out anew and keeps what is installed until it is there', () => {
    const changed = release(2, rolledOut().status, '2.0.0')
    const step = rolloutStep(changed, DELIVER, 10, NOW)
    expect(step?.status.charts?.['ait/chart-x']).toMatchObject({
      phase: 'Pending',
      revision: '2.0.0',
      installedRevision: '1.0.0',
    })
    expect(phases(changed, DELIVER).at(-1)).toBe('Synced')
  })

  test('what was delivered can lose its health and find it again', () => {
    const degraded = rolloutStep(rolledOut(), { kind: 'degrade', cause: 'crashing' }, 10, NOW)
    expect(degraded?.status.charts?.['ait/chart-x']?.phase).toBe('Synced')
    expect(degraded?.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Health', status: 'False', message: 'crashing' }),
    )
    const sick = release(1, degraded?.status)
    expect(rolloutStep(sick, { kind: 'degrade', cause: 'crashing' }, 10, NOW)).toBeNull()
    expect(rolloutStep(sick, DELIVER, 10, NOW)?.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Health', status: 'True' }),
    )
  })

  test('a release without charts is done at once, after the same stages', () => {
    const empty = { ...release(), spec: { source: { charts: [] } } }
    const step = rolloutStep(empty, DELIVER, 0, NOW)
    expect(rolloutStep({ ...empty, status: step?.status ?? {} }, DELIVER, 0, NOW)).toBeNull()
  })

  test('a removal is visible', () => {
    const leaving = { ...rolledOut(), status: removalStatus(rolledOut(), NOW) }
    expect(isRemoving(rolledOut())).toBe(false)
    expect(isRemoving(leaving)).toBe(true)
    expect(leaving.status.charts?.['ait/chart-x']?.message).toBe('Uninstalling release x')
  })
})

describe('marker', () => {
  const marker = (data: Record<string, string>): ConfigMap => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'm' },
    data,
  })
  test('stage times are numbers within bounds', () => {
    expect(stageMilliseconds(marker({}))).toBe(600)
    expect(stageMilliseconds(marker({ stageMilliseconds: '25' }))).toBe(25)
    expect(stageMilliseconds(marker({ stageMilliseconds: '-1' }))).toBe(0)
    expect(stageMilliseconds(marker({ stageMilliseconds: 'soon' }))).toBe(600)
  })
  test.each([
    ['fail: no image: x', { kind: 'fail', cause: 'no image: x' }],
    ['fail', { kind: 'fail', cause: 'told to fail' }],
    [' hang ', { kind: 'hang' }],
    ['hang-removal', { kind: 'hang-removal' }],
    ['degrade: crashing', { kind: 'degrade', cause: 'crashing' }],
    ['failing', { kind: 'deliver' }],
  ])('%s', (text, expected) => {
    expect(instructionFor(marker({ plugin: text }), 'release', 'plugin')).toEqual(expected)
  })
  test('the release’s own key comes before its plugin’s', () => {
    const data = marker({ release: 'hang', plugin: 'fail: x' })
    expect(instructionFor(data, 'release', 'plugin')).toEqual({ kind: 'hang' })
    expect(instructionFor(data, 'constructor', '')).toEqual({ kind: 'deliver' })
  })
})
