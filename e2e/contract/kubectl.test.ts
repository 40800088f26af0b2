import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { KubectlError, kubectl, startKubectl } from '#e2e/support/kubectl.ts'
import type { Body } from './target.ts'
import { contractTarget } from './target.ts'
import { widgetKind } from './widget.ts'

const target = contractTarget()
const { group, path, widget } = widgetKind(target)

/** Runs kubectl in the test's namespace; text goes to its standard input. */
async function run(args: string[], input?: string) {
  const all = ['--kubeconfig', target.kubeconfig, '-n', target.namespace, ...args]
  return kubectl(all, input === undefined ? {} : { input })
}
const out = async (args: string[], input?: string) => (await run(args, input)).stdout
const failure = async (args: string[], input?: string) => {
  const error = await run(args, input).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof KubectlError)) throw new Error(`kubectl ${args.join(' ')} did not fail`)
  return error.result.stderr
}
const json = (object: unknown) => JSON.stringify(object)
const widgets = `widgets.${group}`
const get = async (name: string) => (await target.call('GET', `${path}/${name}`)).body

beforeAll(async () => {
  await target.call(
    'POST',
    path,
    widget('alpha', { metadata: { labels: { 'example.com/team': 'blue', tier: 'one' } } }),
  )
  await target.call(
    'POST',
    path,
    widget('beta', { metadata: { labels: { tier: 'two' } }, spec: { size: 7 } }),
  )
  await target.call(
    'PATCH',
    `${path}/alpha/status`,
    { status: { versions: [{ version: 'v4.0.4' }] } },
    { type: 'application/merge-patch+json' },
  )
})

describe('get', () => {
  test('prints a table with the columns of the definition', async () => {
    const lines = (await out(['get', widgets])).trimEnd().split('\n')
    expect(lines[0]).toMatch(/^NAME +TEAM +SIZE +NEWEST_VERSION +AGE$/)
    expect(lines[1]).toMatch(/^alpha +blue +3 +v4\.0\.4 +\d+s$/)
    expect(lines[2]).toMatch(/^beta +7 +\d+s$/)
    expect(lines.length).toBe(3)
  })

  test.each(['widget', 'widgets', 'wd', 'Widget'])('knows the kind as %s', async (name) => {
    expect(await out(['get', `${name}.${group}`, 'alpha', '-o', 'name'])).toBe(`widget.${group}/alpha\n`)
  })

  test('-o wide shows more columns', async () => {
    const [head, first] = (await out(['get', widgets, '-o', 'wide'])).split('\n')
    expect(head).toMatch(/^NAME +TEAM +SIZE +NEWEST_VERSION +COLOR +AGE$/)
    expect(first).toContain(' green ')
  })

  test('-o yaml', async () => {
    const object = parse(await out(['get', widgets, 'alpha', '-o', 'yaml'])) as Body
    expect(object).toMatchObject({
      apiVersion: `${group}/v1`,
      kind: 'Widget',
      spec: { size: 3, color: 'green' },
    })
  })

  test('-o json gives a list', async () => {
    const list = JSON.parse(await out(['get', widgets, '-o', 'json'])) as Body
    expect(list.kind).toBe('List')
    expect(list.items?.map(({ metadata }) => metadata?.name)).toEqual(['alpha', 'beta'])
  })

  test('-o jsonpath', async () => {
    const template = '{range .items[*]}{.metadata.name}={.spec.size};{end}'
    expect(await out(['get', widgets, '-o', `jsonpath=${template}`])).toBe('alpha=3;beta=7;')
  })

  test('-l selects by label', async () => {
    expect(await out(['get', widgets, '-l', 'tier=two', '-o', 'name'])).toBe(`widget.${group}/beta\n`)
    expect(await out(['get', widgets, '-l', 'tier in (one,two),tier!=two', '-o', 'name'])).toBe(
      `widget.${group}/alpha\n`,
    )
  })

  test('--field-selector selects by name', async () => {
    expect(await out(['get', widgets, '--field-selector', 'metadata.name=beta', '--no-headers'])).toMatch(
      /^beta +7/,
    )
  })

  test('--show-labels and -L', async () => {
    expect(await out(['get', widgets, 'beta', '--show-labels', '--no-headers'])).toContain('tier=two')
    expect(await out(['get', widgets, 'beta', '-L', 'tier'])).toMatch(/AGE +TIER\n.* two\n/)
  })

  test('says when there is nothing', async () => {
    const { stdout, stderr } = await run(['get', widgets, '-l', 'tier=none'])
    expect(stdout).toBe('')
    expect(stderr).toContain('No resources found')
    expect(await failure(['get', widgets, 'nobody'])).toBe(
      `Error from server (NotFound): ${widgets} "nobody" not found\n`,
    )
  })

  test('--chunk-size pages through', async () => {
    expect(await out(['get', widgets, '--chunk-size=1', '-o', 'name'])).toBe(
      `widget.${group}/alpha\nwidget.${group}/beta\n`,
    )
  })

  test('-w follows changes', async () => {
    const child = await startKubectl([
      '--kubeconfig',
      target.kubeconfig,
      'get',
      widgets,
      '-w',
      '-l',
      'watched=yes',
    ])
    const lines: string[] = []
    let partial = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const parts = (partial + text).split('\n')
      partial = parts.pop() ?? ''
      lines.push(...parts)
    })
    const seen = async (count: number) => {
      for (let i = 0; i < 100 && lines.length < count; i++)
        await new Promise((resolve) => setTimeout(resolve, 50))
      return lines
    }
    try {
      await target.call('POST', path, widget('watched', { metadata: { labels: { watched: 'yes' } } }))
      expect((await seen(2))[1]).toMatch(/^watched +3 +/)
      await target.call(
        'PATCH',
        `${path}/watched`,
        { spec: { size: 8 } },
        { type: 'application/merge-patch+json' },
      )
      expect((await seen(3))[2]).toMatch(/^watched +8 +/)
      expect(lines[0]).toMatch(/^NAME +TEAM +SIZE/)
    } finally {
      child.kill()
      await target.call('DELETE', `${path}/watched`)
    }
  })

  test('built-in kinds have their own columns', async () => {
    expect(await out(['get', 'ns', target.namespace])).toMatch(/^NAME +STATUS +AGE\n\S+ +Active +\d+s\n$/)
    await run(['create', 'secret', 'generic', 'columns', '--from-literal=a=b'])
    expect(await out(['get', 'secret', 'columns'])).toMatch(
      /^NAME +TYPE +DATA +AGE\ncolumns +Opaque +1 +\d+s\n$/,
    )
  })
})

describe('describe', () => {
  test('shows a custom object with its events', async () => {
    const { metadata } = await get('alpha')
    await target.call('POST', '/api/v1/namespaces/default/events', {
      metadata: { name: `alpha.${Date.now()}` },
      involvedObject: { apiVersion: `${group}/v1`, kind: 'Widget', name: 'alpha', uid: metadata?.uid },
      reason: 'Turned',
      message: 'it turned blue',
      type: 'Normal',
      count: 1,
      source: { component: 'tester' },
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:00Z',
    })
    const text = await out(['describe', widgets, 'alpha'])
    expect(text).toMatch(/^Name: +alpha$/m)
    expect(text).toMatch(/^ {2}Size: +3$/m)
    expect(text).toMatch(/^ +Version: +v4\.0\.4$/m)
    expect(text).toMatch(/Normal +Turned +.* tester +it turned blue/)
  })

  test('shows namespaces, secrets and config maps', async () => {
    await run(['create', 'configmap', 'described', '--from-literal=key=value'])
    expect(await out(['describe', 'configmap', 'described'])).toMatch(/key:\n----\nvalue/)
    await run(['create', 'secret', 'generic', 'described', '--from-literal=key=value'])
    const secret = await out(['describe', 'secret', 'described'])
    expect(secret).toContain('key:  5 bytes')
    expect(secret).not.toContain('value')
    expect(await out(['describe', 'namespace', target.namespace])).toMatch(/^Status: +Active$/m)
  })

  test('shows nodes', async () => {
    const name = `${target.namespace}-described`
    await target.call('POST', '/api/v1/nodes', {
      metadata: { name, labels: { 'kubernetes.io/arch': 'amd64' } },
    })
    const text = await out(['describe', 'node', name])
    await target.call('DELETE', `/api/v1/nodes/${name}`)
    expect(text).toContain('kubernetes.io/arch=amd64')
  })
})

describe('create', () => {
  test('-f takes YAML', async () => {
    const yaml = `apiVersion: ${group}/v1\nkind: Widget\nmetadata: {name: from-file}\nspec: {size: 5}\n`
    expect(await out(['create', '-f', '-'], yaml)).toBe(`widget.${group}/from-file created\n`)
    expect(await failure(['create', '-f', '-'], yaml)).toBe(
      `Error from server (AlreadyExists): error when creating "STDIN": ${widgets} "from-file" already exists\n`,
    )
  })

  test('generateName', async () => {
    const object = { ...widget(''), metadata: { generateName: 'generated-' } }
    expect(await out(['create', '-f', '-'], json(object))).toMatch(
      new RegExp(`^widget\\.${group}/generated-[a-z0-9]{5} created\n$`),
    )
  })

  test('says what is invalid', async () => {
    expect(await failure(['create', '-f', '-'], json({ ...widget('bad'), spec: { color: 'green' } }))).toBe(
      `The Widget "bad" is invalid: spec.size: Required value\n`,
    )
  })

  test('is strict about unknown fields', async () => {
    expect(await failure(['create', '-f', '-'], json(widget('typo', { spec: { colour: 'red' } })))).toContain(
      'strict decoding error: unknown field "spec.colour"',
    )
  })

  test('--validate=warn only warns', async () => {
    const { stderr, stdout } = await run(
      ['create', '--validate=warn', '-f', '-'],
      json(widget('warned', { spec: { colour: 'red' } })),
    )
    expect(stdout).toContain('created')
    expect(stderr).toContain('Warning: unknown field "spec.colour"')
  })

  test('--dry-run=server stores nothing', async () => {
    const text = await out(['create', '--dry-run=server', '-f', '-'], json(widget('dry')))
    expect(text).toBe(`widget.${group}/dry created (server dry run)\n`)
    expect((await target.call('GET', `${path}/dry`)).status).toBe(404)
  })

  test('namespaces, config maps and secrets', async () => {
    const name = `${target.namespace}-made`
    expect(await out(['create', 'namespace', name])).toBe(`namespace/${name} created\n`)
    expect(await out(['create', 'configmap', 'made', '--from-literal=a=b'])).toBe('configmap/made created\n')
    expect(await out(['create', 'secret', 'generic', 'made', '--from-literal=a=b'])).toBe(
      'secret/made created\n',
    )
    expect(await out(['get', 'secret', 'made', '-o', 'jsonpath={.data.a}'])).toBe('Yg==')
    await target.call('DELETE', `/api/v1/namespaces/${name}`)
  })

  test('service accounts', async () => {
    expect(await out(['create', 'serviceaccount', 'robot'])).toBe('serviceaccount/robot created\n')
  })
})

describe('apply', () => {
  test('creates, leaves alone, changes and removes', async () => {
    const first = widget('applied', { metadata: { labels: { a: '1', b: '2' } }, spec: { words: { x: '1' } } })
    expect(await out(['apply', '-f', '-'], json(first))).toBe(`widget.${group}/applied created\n`)
    expect(await out(['apply', '-f', '-'], json(first))).toBe(`widget.${group}/applied unchanged\n`)
    const second = widget('applied', {
      metadata: { labels: { a: '3' } },
      spec: { size: 9, words: { y: '2' } },
    })
    expect(await out(['apply', '-f', '-'], json(second))).toBe(`widget.${group}/applied configured\n`)
    const object = await get('applied')
    expect(object.metadata?.labels).toEqual({ a: '3' })
    expect(object.spec).toMatchObject({ size: 9, words: { y: '2' } })
    expect(object.spec?.['words']).not.toHaveProperty('x')
  })

  test('keeps what others have written', async () => {
    await out(['apply', '-f', '-'], json(widget('shared')))
    await run(['label', widgets, 'shared', 'other=kept'])
    await out(['apply', '-f', '-'], json(widget('shared', { spec: { size: 10 } })))
    const object = await get('shared')
    expect(object.metadata?.labels).toEqual({ other: 'kept' })
    expect(object.spec?.['size']).toBe(10)
  })

  test('built-in kinds', async () => {
    const map = (data: Record<string, string>) =>
      json({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'applied' }, data })
    expect(await out(['apply', '-f', '-'], map({ a: '1', b: '2' }))).toBe('configmap/applied created\n')
    expect(await out(['apply', '-f', '-'], map({ a: '1', b: '2' }))).toBe('configmap/applied unchanged\n')
    expect(await out(['apply', '-f', '-'], map({ a: '3' }))).toBe('configmap/applied configured\n')
    expect(JSON.parse(await out(['get', 'cm', 'applied', '-o', 'jsonpath={.data}']))).toEqual({ a: '3' })
  })

  test('several documents at once', async () => {
    const text = ['one', 'two'].map((name) => `---\n${json(widget(`many-${name}`))}\n`).join('')
    expect(await out(['apply', '-f', '-'], text)).toBe(
      `widget.${group}/many-one created\nwidget.${group}/many-two created\n`,
    )
  })
})

describe('patch', () => {
  test('--type=merge', async () => {
    const text = await out(['patch', widgets, 'beta', '--type=merge', '-p', json({ spec: { size: 11 } })])
    expect(text).toBe(`widget.${group}/beta patched\n`)
    expect((await get('beta')).spec?.['size']).toBe(11)
    const again = await out(['patch', widgets, 'beta', '--type=merge', '-p', json({ spec: { size: 11 } })])
    expect(again).toBe(`widget.${group}/beta patched (no change)\n`)
  })

  test('--type=json', async () => {
    const operations = json([{ op: 'replace', path: '/spec/size', value: 7 }])
    expect(await out(['patch', widgets, 'beta', '--type=json', '-p', operations])).toContain('patched')
    expect((await get('beta')).spec?.['size']).toBe(7)
    const impossible = json([{ op: 'test', path: '/spec/size', value: 1 }])
    expect(await failure(['patch', widgets, 'beta', '--type=json', '-p', impossible])).toMatch(
      /the server rejected our request due to an error in our request/,
    )
  })

  test('--subresource=status', async () => {
    await out([
      'patch',
      widgets,
      'beta',
      '--subresource=status',
      '--type=merge',
      '-p',
      json({ status: { phase: 'Up' } }),
    ])
    expect((await get('beta')).status).toEqual({ phase: 'Up' })
  })

  test('strategic, for built-in kinds', async () => {
    await run(['create', 'configmap', 'patched', '--from-literal=a=1'])
    expect(await out(['patch', 'configmap', 'patched', '-p', json({ data: { b: '2' } })])).toBe(
      'configmap/patched patched\n',
    )
    expect(JSON.parse(await out(['get', 'cm', 'patched', '-o', 'jsonpath={.data}']))).toEqual({
      a: '1',
      b: '2',
    })
  })
})

describe('label and annotate', () => {
  test('label adds, refuses to overwrite, overwrites and removes', async () => {
    expect(await out(['label', widgets, 'beta', 'extra=1'])).toBe(`widget.${group}/beta labeled\n`)
    expect(await failure(['label', widgets, 'beta', 'extra=2'])).toContain('--overwrite is false')
    expect(await out(['label', widgets, 'beta', 'extra=2', '--overwrite'])).toBe(
      `widget.${group}/beta labeled\n`,
    )
    expect((await get('beta')).metadata?.labels).toMatchObject({ extra: '2' })
    expect(await out(['label', widgets, 'beta', 'extra-'])).toBe(`widget.${group}/beta unlabeled\n`)
    expect((await get('beta')).metadata?.labels).toEqual({ tier: 'two' })
  })

  test('annotate', async () => {
    expect(await out(['annotate', widgets, 'beta', 'example.com/note=hello there'])).toBe(
      `widget.${group}/beta annotated\n`,
    )
    expect((await get('beta')).metadata?.annotations).toMatchObject({ 'example.com/note': 'hello there' })
    await out(['annotate', widgets, 'beta', 'example.com/note-'])
    expect((await get('beta')).metadata?.annotations ?? {}).not.toHaveProperty('example.com/note')
  })
})

describe('delete', () => {
  test('by name', async () => {
    await target.call('POST', path, widget('goner'))
    expect(await out(['delete', widgets, 'goner'])).toMatch(new RegExp(`^widget\\.${group} "goner" deleted`))
    expect((await target.call('GET', `${path}/goner`)).status).toBe(404)
    expect(await failure(['delete', widgets, 'goner'])).toContain(
      `Error from server (NotFound): ${widgets} "goner" not found\n`,
    )
    expect(await out(['delete', widgets, 'goner', '--ignore-not-found'])).toBe('')
  })

  test('by label', async () => {
    for (const name of ['doomed-1', 'doomed-2'])
      await target.call('POST', path, widget(name, { metadata: { labels: { doomed: 'yes' } } }))
    const text = await out(['delete', widgets, '-l', 'doomed=yes'])
    expect(text.trimEnd().split('\n').length).toBe(2)
    expect((await target.call('GET', `${path}?labelSelector=doomed`)).body.items).toEqual([])
  })

  test('waits for finalizers', async () => {
    await target.call('POST', path, widget('waiting', { metadata: { finalizers: ['example.com/wait'] } }))
    const deleted = run(['delete', widgets, 'waiting', '--timeout=20s'])
    for (let i = 0; i < 100 && (await get('waiting')).metadata?.deletionTimestamp === undefined; i++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    await target.call(
      'PATCH',
      `${path}/waiting`,
      { metadata: { finalizers: null } },
      { type: 'application/merge-patch+json' },
    )
    expect((await deleted).stdout).toContain('deleted')
  })
})

describe('wait', () => {
  test('--for=jsonpath, fulfilled before and meanwhile', async () => {
    await target.call('POST', path, widget('awaited'))
    const size = ['wait', widgets, 'awaited', '--for=jsonpath={.spec.size}=3', '--timeout=10s']
    expect(await out(size)).toBe(`widget.${group}/awaited condition met\n`)
    const phase = out(['wait', widgets, 'awaited', '--for=jsonpath={.status.phase}=Running', '--timeout=20s'])
    await new Promise((resolve) => setTimeout(resolve, 500))
    await target.call(
      'PATCH',
      `${path}/awaited/status`,
      { status: { phase: 'Running' } },
      { type: 'application/merge-patch+json' },
    )
    expect(await phase).toBe(`widget.${group}/awaited condition met\n`)
  })

  test('--for=condition of a definition', async () => {
    expect(await out(['wait', `crd/${widgets}`, '--for=condition=Established', '--timeout=10s'])).toContain(
      'condition met',
    )
  })

  test('--for=delete', async () => {
    await target.call('POST', path, widget('leaving'))
    const left = run(['wait', widgets, 'leaving', '--for=delete', '--timeout=20s'])
    await new Promise((resolve) => setTimeout(resolve, 500))
    await target.call('DELETE', `${path}/leaving`)
    expect((await left).code).toBe(0)
  })

  test('gives up after its timeout', async () => {
    expect(
      await failure(['wait', widgets, 'alpha', '--for=jsonpath={.spec.size}=99', '--timeout=1s']),
    ).toContain('timed out')
  })
})

describe('what is served', () => {
  test('api-resources', async () => {
    const text = await out(['api-resources'])
    expect(text).toMatch(/^NAME +SHORTNAMES +APIVERSION +NAMESPACED +KIND$/m)
    expect(text).toMatch(new RegExp(`^widgets +wd +${group}/v1 +false +Widget$`, 'm'))
    expect(text).toMatch(/^secrets +v1 +true +Secret$/m)
    expect(await out(['api-resources', '--api-group', group, '-o', 'name'])).toBe(`${widgets}\n`)
  })

  test('api-versions and version', async () => {
    expect((await out(['api-versions'])).split('\n')).toEqual(
      expect.arrayContaining(['v1', 'apps/v1', `${group}/v1`]),
    )
    expect(await out(['version'])).toMatch(/Server Version: v1\.\d+/)
  })

  test('explain', async () => {
    const text = await out(['explain', `${widgets.split('.')[0]}.spec.size`, '--api-version', `${group}/v1`])
    expect(text).toContain('How large the widget is.')
  })
})
