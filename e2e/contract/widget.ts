import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { Body, Target } from './target.ts'

/** A custom kind that a test file defines for itself. */
export interface WidgetKind {
  readonly group: string
  /** Path of the collection. */
  readonly path: string
  /** A valid object of the kind. */
  readonly widget: (
    name: string,
    more?: { spec?: Record<string, unknown>; metadata?: Record<string, unknown> },
  ) => Body
}

const text = { type: 'string' }

/** The schema of a widget: something of everything that structural schemas have. */
export const WIDGET_SCHEMA = {
  type: 'object',
  description: 'A widget for tests.',
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 100, description: 'How large the widget is.' },
        color: { type: 'string', enum: ['red', 'green', 'blue'], default: 'green' },
        code: { type: 'string', pattern: '^[a-z]+-[0-9]+$', maxLength: 12 },
        shape: {
          type: 'object',
          properties: { corners: { type: 'integer', default: 4 }, note: { type: 'string', nullable: true } },
        },
        tags: { type: 'array', items: text, maxItems: 3, 'x-kubernetes-list-type': 'set' },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        words: { type: 'object', additionalProperties: text },
        port: { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
        since: { type: 'string', format: 'date-time' },
      },
    },
    status: {
      type: 'object',
      properties: {
        phase: text,
        versions: { type: 'array', items: { type: 'object', properties: { version: text } } },
      },
    },
  },
}

/** Defines a cluster-scoped kind with a status subresource and printer columns, for the tests of one file. */
export function widgetKind(target: Target): WidgetKind {
  const group = `w${randomBytes(4).toString('hex')}.example.com`
  const path = `/apis/${group}/v1/widgets`
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  beforeAll(async () => {
    const answer = await target.call('POST', definitions, widgetDefinition(group))
    if (answer.status !== 201) throw new Error(`the definition was refused: ${answer.text}`)
    await untilServed(target, path)
  })
  afterAll(async () => {
    await target.call('DELETE', `${definitions}/widgets.${group}`)
  })
  return {
    group,
    path,
    widget: (name, more = {}) => ({
      apiVersion: `${group}/v1`,
      kind: 'Widget',
      metadata: { name, ...more.metadata } as Body['metadata'],
      spec: { size: 3, ...more.spec },
    }),
  }
}

/** The definition behind `widgetKind`. */
export function widgetDefinition(group: string) {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Cluster',
      names: {
        plural: 'widgets',
        singular: 'widget',
        kind: 'Widget',
        listKind: 'WidgetList',
        shortNames: ['wd'],
      },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: 'Team', type: 'string', jsonPath: '.metadata.labels.example\\.com/team' },
            { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
            { name: 'Newest_Version', type: 'string', jsonPath: '.status.versions[0].version' },
            { name: 'Color', type: 'string', jsonPath: '.spec.color', priority: 1 },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
          schema: { openAPIV3Schema: WIDGET_SCHEMA },
        },
      ],
    },
  }
}

/** Waits until a kind that was just defined is served. */
export async function untilServed(target: Target, path: string): Promise<void> {
  const end = Date.now() + 20_000
  for (;;) {
    const { status } = await target.call('GET', `${path}?limit=1`)
    if (status === 200) return
    if (Date.now() > end) throw new Error(`${path} is not served`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/**
 * Waits until a group's version has an OpenAPI document: a real server puts them together in the background.
 * @param name `apis/<group>/<version>`
 * @returns all documents by their name
 */
export async function untilDocumented(
  target: Target,
  name: string,
): Promise<Record<string, { serverRelativeURL: string }>> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const { body } = await target.call('GET', '/openapi/v3')
    const paths = body['paths'] as Record<string, { serverRelativeURL: string }>
    if (paths[name] !== undefined) return paths
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${name} has no OpenAPI document`)
}
