import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { contractTarget } from './target.ts'
import { untilServed, widgetDefinition } from './widget.ts'

const target = contractTarget()
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const group = `d${randomBytes(4).toString('hex')}.example.com`
const path = `/apis/${group}/v1/widgets`

afterAll(async () => {
  await target.call('DELETE', `${definitions}/widgets.${group}`)
})

const untilGone = async (at: string) => {
  for (let i = 0; i < 100; i++) {
    if ((await target.call('GET', at)).status === 404) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${at} is still there`)
}

describe('a definition', () => {
  test('makes a kind', async () => {
    const { status, body } = await target.call('POST', definitions, widgetDefinition(group))
    expect(status).toBe(201)
    expect(body.metadata?.generation).toBe(1)
    await untilServed(target, path)
    const { body: stored } = await target.call('GET', `${definitions}/widgets.${group}`)
    expect(stored.status).toMatchObject({
      conditions: expect.arrayContaining([
        expect.objectContaining({ type: 'NamesAccepted', status: 'True' }),
        expect.objectContaining({ type: 'Established', status: 'True' }),
      ]),
      acceptedNames: { plural: 'widgets', kind: 'Widget' },
      storedVersions: ['v1'],
    })
    expect(stored.spec?.['conversion']).toEqual({ strategy: 'None' })
    const object = { apiVersion: `${group}/v1`, kind: 'Widget', metadata: { name: 'one' }, spec: { size: 1 } }
    expect((await target.call('POST', path, object)).status).toBe(201)
  })

  test('can be changed: new rules and versions hold at once', async () => {
    const { body } = await target.call('GET', `${definitions}/widgets.${group}`)
    const spec = body.spec as ReturnType<typeof widgetDefinition>['spec']
    const [v1] = spec.versions
    if (v1 === undefined) throw new Error('the definition has no version')
    const changed = structuredClone(body)
    changed.spec = { ...spec, versions: [v1, { ...v1, name: 'v2', storage: false }] }
    expect((await target.call('PUT', `${definitions}/widgets.${group}`, changed)).status).toBe(200)
    await untilServed(target, `/apis/${group}/v2/widgets`)
    const { body: one } = await target.call('GET', `/apis/${group}/v2/widgets/one`)
    expect(one).toMatchObject({ apiVersion: `${group}/v2`, kind: 'Widget', spec: { size: 1 } })
    const { body: list } = await target.call('GET', `/apis/${group}/v2/widgets`)
    expect(list.items?.[0]?.['apiVersion']).toBe(`${group}/v2`)
    const two = { apiVersion: `${group}/v2`, kind: 'Widget', metadata: { name: 'two' }, spec: { size: 2 } }
    expect((await target.call('POST', `/apis/${group}/v2/widgets`, two)).body['apiVersion']).toBe(
      `${group}/v2`,
    )
    expect((await target.call('GET', `${path}/two`)).body['apiVersion']).toBe(`${group}/v1`)
  })

  test('stands in the discovery documents', async () => {
    const { body: groups } = await target.call('GET', '/apis')
    expect(groups['groups']).toEqual(expect.arrayContaining([expect.objectContaining({ name: group })]))
    const { body } = await target.call('GET', `/apis/${group}/v1`)
    expect(body['resources']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'widgets',
          singularName: 'widget',
          kind: 'Widget',
          namespaced: false,
          shortNames: ['wd'],
        }),
        expect.objectContaining({ name: 'widgets/status' }),
      ]),
    )
  })

  test('goes with all objects of its kind', async () => {
    const { status } = await target.call('DELETE', `${definitions}/widgets.${group}`)
    expect(status).toBe(200)
    await untilGone(`${definitions}/widgets.${group}`)
    await untilGone(path)
    await target.call('POST', definitions, widgetDefinition(group))
    await untilServed(target, path)
    expect((await target.call('GET', path)).body.items).toEqual([])
  })
})

describe('bad definitions', () => {
  const broken = (change: (definition: ReturnType<typeof widgetDefinition>) => void) => {
    const definition = widgetDefinition(`broken.${group}`)
    change(definition)
    return target.call('POST', definitions, definition)
  }

  test('a name that is not plural.group', async () => {
    const { status, body } = await broken((definition) => (definition.metadata.name = 'gadgets.example.com'))
    expect(status).toBe(422)
    expect(body.message).toContain('must be spec.names.plural+"."+spec.group')
  })

  test('no storage version', async () => {
    const { status, body } = await broken((definition) => {
      for (const version of definition.spec.versions) version.storage = false
    })
    expect(status).toBe(422)
    expect(body.message).toContain('must have exactly one version marked as storage version')
  })

  test('a schema that is not structural', async () => {
    const { status, body } = await broken((definition) => {
      const [version] = definition.spec.versions
      const schema = version?.schema.openAPIV3Schema as { properties: object } | undefined
      if (version !== undefined && schema !== undefined)
        version.schema.openAPIV3Schema = {
          ...schema,
          properties: { spec: { properties: { size: { description: 'no type' } } } },
        } as never
    })
    expect(status).toBe(422)
    expect(body.message).toContain('must not be empty for specified object fields')
  })

  type Definition = ReturnType<typeof widgetDefinition>
  const firstOf = (definition: Definition) => definition.spec.versions[0] as Definition['spec']['versions'][0]
  const withField = (field: object) => (definition: Definition) => {
    const version = firstOf(definition)
    version.schema = { openAPIV3Schema: { type: 'object', properties: { x: field } } } as never
  }
  const withColumn = (column: object) => (definition: Definition) => {
    firstOf(definition).additionalPrinterColumns = [column] as never
  }
  const inSchema = 'spec.validation.openAPIV3Schema.properties[x]'

  test.each<[string, (definition: Definition) => void, RegExp]>([
    [
      'a type that is none',
      withField({ type: 'nope' }),
      /\.type: Unsupported value: "nope": supported values: "array", "boolean"/,
    ],
    ['an array of nothing', withField({ type: 'array' }), /\[x\]\.items: Required value: must be specified/],
    [
      'a pattern that is none',
      withField({ type: 'string', pattern: '(' }),
      /\[x\]\.pattern: Invalid value: "\(": must be a valid regular expression/,
    ],
    [
      'a default of another type',
      withField({ type: 'string', default: 5 }),
      /\[x\]\.default: Invalid value: "integer": /,
    ],
    [
      'a map without keys',
      withField({ type: 'array', items: { type: 'object' }, 'x-kubernetes-list-type': 'map' }),
      /\[x\]\.x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map/,
    ],
    [
      'a column of no type',
      withColumn({ name: 'X', type: 'nope', jsonPath: '.a' }),
      /spec\.additionalPrinterColumns\[0\]\.type: Invalid value: "nope": must be one of boolean,date,integer,number,string/,
    ],
    [
      'a column of no path',
      withColumn({ name: 'X', type: 'string' }),
      /spec\.additionalPrinterColumns\[0\]\.JSONPath: Required value/,
    ],
    [
      'a column of a path that is none',
      withColumn({ name: 'X', type: 'string', jsonPath: 'a[' }),
      /JSONPath: Invalid value: "a\[": must be a simple json path starting with \./,
    ],
    [
      'a version with a bad name',
      (definition) => (firstOf(definition).name = '1v'),
      /spec\.versions\[0\]\.name: Invalid value: "1v": a DNS-1035 label must consist of/,
    ],
    [
      'a scope that is none',
      (definition) => (definition.spec.scope = 'Some'),
      /spec\.scope: Unsupported value: "Some": supported values: "Cluster", "Namespaced"/,
    ],
    ['no group', (definition) => (definition.spec.group = ''), /spec\.group: Required value/],
    [
      'a field to select by that is not there',
      (definition) => Object.assign(firstOf(definition), { selectableFields: [{ jsonPath: '.spec.none' }] }),
      /spec\.selectableFields\[0\]\.jsonPath: Invalid value: "\.spec\.none": is an invalid path: does not refer to a valid field/,
    ],
    [
      'rules for metadata',
      (definition) => {
        const metadata = { type: 'object', properties: { labels: { type: 'object' } } }
        firstOf(definition).schema = {
          openAPIV3Schema: { type: 'object', properties: { metadata } },
        } as never
      },
      /properties\[metadata\]: Forbidden: must not specify anything other than name and generateName/,
    ],
  ])('%s', async (_what, change, message) => {
    const { status, body } = await broken(change)
    expect(status).toBe(422)
    expect(body.message).toMatch(message)
  })

  test('a schema of several versions is named by its version, one of all is not', async () => {
    const { body } = await broken(withField({ type: 'nope' }))
    expect(body.details?.causes?.[0]?.field).toBe(`${inSchema}.type`)
    const several = await broken((definition) => {
      const good = structuredClone(firstOf(definition))
      withField({ type: 'nope' })(definition)
      definition.spec.versions.push({ ...good, name: 'v2', storage: false })
    })
    expect(several.body.details?.causes?.[0]?.field).toBe(
      'spec.versions[0].schema.openAPIV3Schema.properties[x].type',
    )
  })
})
