import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import { applyAs, entriesOf } from './field-owners.ts'
import type { Body, Target } from './target.ts'
import { untilServed } from './widget.ts'

export interface GadgetKind {
  readonly group: string
  /** Path of the collection in a version. */
  readonly path: (version?: string) => string
  /** A configuration of the kind; `more` may carry metadata and status. */
  readonly gadget: (name: string, spec?: unknown, more?: Record<string, unknown>, version?: string) => Body
}

const text = { type: 'string' }
const object = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: 'object',
  properties,
  ...more,
})
const keyed = (keys: string[], properties: Record<string, unknown>) => ({
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
  items: object(properties, { required: [keys[0]] }),
})

/** Something of every way in which fields merge. */
const SCHEMA = object({
  spec: object({
    size: { type: 'integer', maximum: 100 },
    note: text,
    plain: { type: 'array', items: text },
    tags: { type: 'array', items: text, 'x-kubernetes-list-type': 'set' },
    ports: keyed(['port', 'protocol'], {
      port: { type: 'integer' },
      protocol: { ...text, default: 'TCP' },
      name: text,
    }),
    parts: keyed(['name'], { name: text, value: text, parts: keyed(['key'], { key: text, value: text }) }),
    whole: object({ a: text, b: text }, { 'x-kubernetes-map-type': 'atomic' }),
    words: { type: 'object', additionalProperties: text },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    shape: object({ corners: { type: 'integer', default: 4 }, color: text }),
    embedded: {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
    },
  }),
  status: object({
    phase: text,
    conditions: keyed(['type'], { type: text, status: text, reason: text }),
  }),
})

/** Defines a namespaced kind whose fields merge in every way, in two versions, for the tests of one file. */
export function gadgetKind(
  target: Target,
  group = `g${randomBytes(4).toString('hex')}.example.com`,
): GadgetKind {
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  const path = (version = 'v1') => `/apis/${group}/${version}/namespaces/${target.namespace}/gadgets`
  const version = (name: string) => ({
    name,
    served: true,
    storage: name === 'v1',
    subresources: { status: {} },
    schema: { openAPIV3Schema: SCHEMA },
  })
  beforeAll(async () => {
    const answer = await target.call('POST', definitions, {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `gadgets.${group}` },
      spec: {
        group,
        scope: 'Namespaced',
        names: { plural: 'gadgets', singular: 'gadget', kind: 'Gadget', listKind: 'GadgetList' },
        versions: [version('v1'), version('v2')],
      },
    })
    if (answer.status !== 201) throw new Error(`the definition was refused: ${answer.text}`)
    await untilServed(target, path())
    await untilServed(target, path('v2'))
    await untilTyped(target, `${path()}/typed`, `${group}/v1`)
  })
  afterAll(async () => {
    await target.call('DELETE', `${definitions}/gadgets.${group}`)
  })
  return {
    group,
    path,
    gadget: (name, spec, { metadata, ...more } = {}, wanted = 'v1') => ({
      apiVersion: `${group}/${wanted}`,
      kind: 'Gadget',
      metadata: { name, ...(metadata as object) } as Body['metadata'],
      ...(spec === undefined ? {} : { spec: spec as Record<string, unknown> }),
      ...more,
    }),
  }
}

/** A server takes a moment to learn a new kind's schema: until then a list is one value. */
async function untilTyped(target: Target, path: string, apiVersion: string): Promise<void> {
  const config = { apiVersion, kind: 'Gadget', metadata: { name: 'typed' }, spec: { tags: ['a'] } }
  const end = Date.now() + 20_000
  for (;;) {
    const { body } = await applyAs(target, path, 'probe', config, 'dryRun=All')
    if (JSON.stringify(entriesOf(body)).includes('v:')) return
    if (Date.now() > end) throw new Error('the schema of gadgets is not known')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
