import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { crossClusterLabels } from '../cross-cluster-choice.ts'
import { effectiveConfig } from '../effective-config.ts'
import { compareVersions } from '../semver.ts'
import { compileForm } from './compile-form.ts'
import { NO_EDITS, editControl, resolveConfig } from './config-of.ts'
import type { FormEdits } from './config-of.ts'
import type { FormControl, FormModel, FormNode, FormObject, FormValue } from './form-model.ts'
import { getAt, parsePath, setAt } from './form-path.ts'
import { formSourceOf } from './form-purpose.ts'
import type { FormParts } from './form-purpose.ts'
import { validateConfig } from './validate-config.ts'

interface Answer {
  label: string
  group?: string
  as: string
  value: FormValue
}

interface Installation {
  name: string
  plugin: string
  labels: Record<string, string>
  config: FormObject
  answers: Answer[]
  fixed: string[]
  change: Answer & { path: string }
}

const EXAMPLES = join(import.meta.dirname, '../../../examples')
const INSTALLATIONS = parse(readFileSync(join(EXAMPLES, 'installations.yaml'), 'utf8')) as Installation[]

/** The form's parts in the newest version of an example. */
function newestParts(plugin: string): FormParts {
  const versions = globSync('v*', { cwd: join(EXAMPLES, plugin) }).toSorted(compareVersions)
  const file = join(EXAMPLES, plugin, versions.at(-1) ?? '', 'chart/scripts/plugin-config.yaml')
  const config = parse(readFileSync(file, 'utf8')) as FormParts & { uiContext?: FormParts }
  return { ...config, sizeSettings: config.uiContext?.sizeSettings ?? null }
}

/** Ids below groups with this label; of all controls without one. */
function idsBelow(nodes: readonly FormNode[], group: string | undefined): string[] {
  return nodes.flatMap((node) => {
    if (node.type === 'control') return group === undefined ? [node.id] : []
    return idsBelow(node.children, node.label.en === group ? undefined : group)
  })
}

/** The one control that a person finds by its words. */
function controlOf(
  form: FormModel,
  shown: ReadonlySet<string>,
  { label, group }: Partial<Answer>,
): FormControl {
  const ids = new Set(idsBelow([...form.layout, ...form.advanced], group))
  const found = form.controls.filter((one) => shown.has(one.id) && ids.has(one.id) && one.label.en === label)
  // In a list of equal labels the first one stands nearest to the top.
  if (found[0] === undefined) throw new Error(`${label} is not shown`)
  return found[0]
}

function answer(form: FormModel, base: FormObject, edits: FormEdits, given: Answer): FormEdits {
  const { shown } = resolveConfig(form, base, edits)
  const control = controlOf(form, shown, given)
  expect(control.immutable || control.disabled).toBe(false)
  const picked = control.options.find((option) => option.label.en === given.value)
  return editControl(control, base, edits, picked?.value ?? given.value)
}

describe.each(INSTALLATIONS)('$name', ({ plugin, labels, config: wanted, answers, fixed, change }) => {
  const parts = newestParts(plugin)

  test('the install form gives exactly this configuration', () => {
    const form = compileForm(formSourceOf('install', parts))
    const base = effectiveConfig(parts.config, {})
    const edits = answers.reduce((before, given) => answer(form, base, before, given), NO_EDITS)
    const { config, shown } = resolveConfig(form, base, edits)
    expect(config).toEqual(wanted)
    // Who installs is told what can't change afterwards, while there is still a choice.
    for (const label of fixed) expect(controlOf(form, shown, { label }).lasting).toBe(true)
    expect(controlOf(form, shown, change).lasting).toBeUndefined()
    expect(validateConfig(form, config)).toEqual([])
    expect(crossClusterLabels(config)).toEqual(labels)
  })

  test('changing parameters shows every value, and changes only what is changed', () => {
    const form = compileForm(formSourceOf('update', parts, wanted))
    const { config: untouched, shown } = resolveConfig(form, wanted, NO_EDITS)
    expect(JSON.stringify(untouched)).toBe(JSON.stringify(wanted))
    expect(validateConfig(form, wanted)).toEqual([])
    for (const given of answers) {
      const control = controlOf(form, shown, given)
      const picked = control.options.find((option) => option.label.en === given.value)
      expect(getAt(wanted, control.path)).toEqual(picked?.value ?? given.value)
    }
    for (const label of fixed) expect(controlOf(form, shown, { label }).immutable).toBe(true)
    const edits = answer(form, wanted, NO_EDITS, change)
    const { config } = resolveConfig(form, wanted, edits)
    expect(config).toEqual(setAt(wanted, parsePath(change.path) ?? [], change.value))
    expect(validateConfig(form, config)).toEqual([])
  })
})

const CLICKHOUSE = 'components.clickhouse'
const POLICY = `${CLICKHOUSE}.storagePolicy`
const LOG_TYPES = {
  logPlatform: 'Log Platform',
  logWorkload: 'Log Workload',
  logSystem: 'Log System',
  logKubernetes: 'Log Kubernetes',
  event: 'Kubernetes Event',
  audit: 'Audit',
}

/** The words that manuals use, and where each stands in the configuration. */
const WORDS: readonly [plugin: string, path: string, label: string][] = [
  ['logagent', 'crossClusterDependency.logcenter', 'Storage Cluster'],
  ['logagent', 'crossClusterDependency.logclickhouse', 'Storage Cluster'],
  ['logagent', 'components.nevermore.storageSpec.dataDir', 'Storage Path'],
  ['logclickhouse', `${CLICKHOUSE}.type`, 'Size'],
  ['logclickhouse', `${POLICY}.type`, 'Storage Policy'],
  ['logclickhouse', `${POLICY}.defaultSpec.dataStorage.type`, 'Storage Method'],
  ['logclickhouse', `${POLICY}.sscSpec.metaStorage.type`, 'Metadata Storage Type'],
  ['logclickhouse', `${POLICY}.defaultSpec.dataStorage.localVolumeSpec.nodes`, 'Log Node'],
  ['logclickhouse', `${POLICY}.sscSpec.metaStorage.localVolumeSpec.nodes`, 'Log Node'],
  ['logclickhouse', `${POLICY}.defaultSpec.dataStorage.localVolumeSpec.path`, 'Storage Path on Host'],
  ['logclickhouse', `${POLICY}.sscSpec.metaStorage.localVolumeSpec.path`, 'Metadata Storage Path'],
  ['logclickhouse', `${POLICY}.defaultSpec.dataStorage.storageClassSpec.replicas`, 'Log Replicas'],
  ['logclickhouse', `${POLICY}.defaultSpec.dataStorage.storageClassSpec.name`, 'StorageClass'],
  ['logclickhouse', `${POLICY}.sscSpec.metaStorage.storageClassSpec.name`, 'Metadata StorageClass'],
  ['logclickhouse', `${POLICY}.defaultSpec.dataStorage.size`, 'Capacity'],
  ['logclickhouse', `${POLICY}.sscSpec.metaStorage.size`, 'Metadata Capacity'],
  ['logclickhouse', `${POLICY}.sscSpec.dataStorage.s3Spec.credentials`, 'S3 for Log Data'],
  ['logclickhouse', `${CLICKHOUSE}.tieredPolicy.enabled`, 'Cold and Hot Separate'],
  ['logclickhouse', `${CLICKHOUSE}.tieredPolicy.coldStorage.s3Spec.credentials`, 'S3 for Log Cold Data'],
  ...Object.entries(LOG_TYPES).flatMap(([key, label]): [string, string, string][] => [
    ['logclickhouse', `${CLICKHOUSE}.ttl.${key}`, label],
    ['logclickhouse', `${CLICKHOUSE}.tieredPolicy.coldTTL.${key}`, label],
  ]),
  ['logclickhouse', 'components.nodeSelector', 'Node Selectors'],
  ['logclickhouse', 'components.tolerations', 'Node Tolerations'],
  ['prometheus', 'size', 'Scale Configuration'],
  ['prometheus', 'storage.type', 'Storage Type'],
  ['prometheus', 'replicas', 'Replica Count'],
  ['prometheus', 'components.nodeSelector', 'Node Selectors'],
  ['prometheus', 'components.tolerations', 'Node Tolerations'],
]

test.each(WORDS)('%s: %s is called %s', (plugin, path, label) => {
  const form = compileForm(formSourceOf('install', newestParts(plugin)))
  const control = form.controls.find((one) => one.id === path)
  expect(control?.label.en).toBe(label)
  expect(control?.label.zh ?? '').toMatch(/\p{Script=Han}/u)
})

test('node selectors and tolerations stand below "Advanced configuration"', () => {
  for (const plugin of ['logclickhouse', 'prometheus']) {
    const { advanced } = compileForm(formSourceOf('install', newestParts(plugin)))
    expect(idsBelow(advanced, undefined)).toEqual(
      expect.arrayContaining(['components.nodeSelector', 'components.tolerations']),
    )
  }
})
