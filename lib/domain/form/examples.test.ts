import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { effectiveConfig } from '../effective-config.ts'
import { compileForm } from './compile-form.ts'
import { NO_EDITS, editControl, resolveConfig } from './config-of.ts'
import type { FormValue } from './form-model.ts'
import { formSourceOf } from './form-purpose.ts'
import type { FormParts } from './form-purpose.ts'
import { getAt, parsePath } from './form-path.ts'
import { validateConfig } from './validate-config.ts'

const EXAMPLES = join(import.meta.dirname, '../../../examples')

interface PluginConfig extends FormParts {
  uiContext?: { sizeSettings?: FormParts['sizeSettings'] }
}

function partsOf(file: string): FormParts {
  const config = parse(readFileSync(join(EXAMPLES, file), 'utf8')) as PluginConfig
  return { ...config, sizeSettings: config.uiContext?.sizeSettings ?? null }
}

/** Fills the install form of an example the way a user does: control by control, in order. */
function fill(file: string, answers: Record<string, FormValue>) {
  const parts = partsOf(file)
  const form = compileForm(formSourceOf('install', parts))
  const base = effectiveConfig(parts.config, {})
  let edits = NO_EDITS
  for (const [path, value] of Object.entries(answers)) {
    const { shown } = resolveConfig(form, base, edits)
    const control = form.controls.find((one) => one.id === path && shown.has(one.id))
    if (control === undefined) throw new Error(`${path} is not shown`)
    edits = editControl(control, base, edits, value)
  }
  return { parts, form, ...resolveConfig(form, base, edits) }
}

const LOGAGENT = 'logagent/v4.2.0/chart/scripts/plugin-config.yaml'
const CLICKHOUSE = 'logclickhouse/v4.2.0/chart/scripts/plugin-config.yaml'

describe('the examples', () => {
  test.each(globSync('*/*/chart/scripts/plugin-config.yaml', { cwd: EXAMPLES }))('%s', (file) => {
    const parts = partsOf(file)
    const base = effectiveConfig(parts.config, {})
    for (const purpose of ['install', 'update', 'upgrade'] as const) {
      const form = compileForm(formSourceOf(purpose, parts, base))
      const codes = new Set(form.notes.map((note) => note.code))
      expect([...codes]).toEqual([])
      const { config } = resolveConfig(form, base, NO_EDITS)
      expect(config).toMatchObject(base)
      expect(resolveConfig(form, config, NO_EDITS).config).toBe(config)
      const unlabelled = form.controls.filter((control) => form.from === 'descriptors' && !control.label.zh)
      expect(
        unlabelled.map((control) => control.kind).filter((kind) => kind !== 'data' && kind !== 'rows'),
      ).toEqual([])
    }
  })
})

test('a log collector that sends to Elasticsearch elsewhere', () => {
  const { form, config, parts } = fill(LOGAGENT, {
    'crossClusterDependency.logcenter': 'business',
    'dataSource.platform': false,
    'dataSource.system': false,
  })
  expect(config).toEqual({
    crossClusterDependency: { logcenter: 'business', logclickhouse: null },
    dataSource: {
      audit: true,
      event: true,
      kubernetes: true,
      platform: false,
      system: false,
      workload: true,
    },
    components: { nevermore: { storageSpec: { dataDir: '/cpaas/data/nevermore' } } },
    storage: { type: 'ElasticSearch' },
  })
  expect(validateConfig(form, config)).toEqual([])
  const update = compileForm(formSourceOf('update', parts, config))
  expect(resolveConfig(update, config, NO_EDITS).config).toBe(config)
})

test('a log collector that sends to ClickHouse', () => {
  const { form, config } = fill(LOGAGENT, {
    'storage.type': 'ClickHouse',
    'crossClusterDependency.logclickhouse': 'global',
  })
  expect(config).toMatchObject({
    crossClusterDependency: { logcenter: null, logclickhouse: 'global' },
    storage: { type: 'ClickHouse' },
  })
  expect(validateConfig(form, config)).toEqual([])
})

test('ClickHouse with storage apart from computing, and cold data', () => {
  const policy = 'components.clickhouse.storagePolicy'
  const cold = 'components.clickhouse.tieredPolicy'
  const { form, config, shown } = fill(CLICKHOUSE, {
    'components.clickhouse.type': 'normal',
    [`${policy}.type`]: 'SSC',
    [`${policy}.sscSpec.metaStorage.localVolumeSpec.nodes`]: ['192.0.2.11'],
    [`${policy}.sscSpec.dataStorage.s3Spec.credentials`]: 'clickhouse-s3-config',
    [`${cold}.enabled`]: true,
    [`${cold}.coldStorage.s3Spec.credentials`]: 'clickhouse-cold-s3-config',
    'components.nodeSelector': [{ key: 'kubernetes.io/os', value: 'linux' }],
  })
  expect(validateConfig(form, config)).toEqual([])
  const at = (path: string) => getAt(config, parsePath(path) ?? [])
  expect(at(`${policy}.sscSpec`)).toEqual({
    metaStorage: {
      type: 'LocalVolume',
      size: 20,
      localVolumeSpec: { nodes: ['192.0.2.11'], path: '/cpaas/data/clickhouse' },
    },
    dataStorage: { type: 'S3', s3Spec: { credentials: 'clickhouse-s3-config' } },
  })
  expect(at(`${cold}.coldStorage`)).toEqual({
    type: 'S3',
    s3Spec: { credentials: 'clickhouse-cold-s3-config' },
  })
  expect(at('components.nodeSelector')).toEqual([{ key: 'kubernetes.io/os', value: 'linux' }])
  expect([...shown].filter((id) => id.startsWith(`${policy}.defaultSpec`))).toEqual([])
})
