import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KubectlError, kubectl, startKubectl } from '#e2e/support/kubectl.ts'
import type { Body } from './target.ts'
import { contractTarget } from './target.ts'
import { untilDocumented, widgetKind } from './widget.ts'

const target = contractTarget()
const { group, path, widget } = widgetKind(target)
const widgets = `widgets.${group}`

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubectl-commands-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Running {
  input?: string
  env?: Record<string, string>
}
const run = (args: string[], options: Running = {}) =>
  kubectl(['--kubeconfig', target.kubeconfig, '-n', target.namespace, ...args], options)
const out = async (args: string[], options?: Running) => (await run(args, options)).stdout
/** What a command that fails prints, and with which code. */
const failure = async (args: string[], options?: Running) => {
  const error = await run(args, options).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof KubectlError)) throw new Error(`kubectl ${args.join(' ')} did not fail`)
  return error.result
}
const json = (object: unknown) => JSON.stringify(object)
const get = async (name: string) => (await target.call('GET', `${path}/${name}`)).body
const make = (name: string, more: Parameters<typeof widget>[1] = {}) =>
  target.call('POST', path, widget(name, more))
const maps = () => `/api/v1/namespaces/${target.namespace}/configmaps`
const map = (name: string, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
})
const untilGone = async (at: string) => {
  for (let attempt = 0; attempt < 200; attempt++) {
    if ((await target.call('GET', at)).status === 404) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${at} is still there`)
}

describe('explain', () => {
  const version = ['--api-version', `${group}/v1`]
  beforeAll(async () => {
    await untilDocumented(target, `apis/${group}/v1`)
  })

  test('a kind and its fields', async () => {
    const text = await out(['explain', 'widgets', ...version])
    expect(text).toMatch(new RegExp(`^GROUP: +${group.replaceAll('.', '\\.')}$`, 'm'))
    expect(text).toMatch(/^KIND: +Widget$/m)
    expect(text).toMatch(/^VERSION: +v1$/m)
    expect(text).toContain('A widget for tests.')
    expect(text).toMatch(/^ {2}metadata\t<ObjectMeta>$/m)
    expect(text).toMatch(/^ {2}spec\t<Object>$/m)
  })

  test('a path', async () => {
    const text = await out(['explain', 'widgets.spec.size', ...version])
    expect(text).toMatch(/^FIELD: size <integer>$/m)
    expect(text).toContain('How large the widget is.')
    expect(await out(['explain', 'widgets.spec.color', ...version])).toMatch(/^ENUM:\n {4}red\n {4}green/m)
  })

  test('--recursive', async () => {
    const text = await out(['explain', 'widgets', '--recursive', ...version])
    expect(text).toMatch(/^ {4}size\t<integer> -required-$/m)
    expect(text).toMatch(/^ {4}tags\t<\[\]string>$/m)
    expect(text).toMatch(/^ {4}words\t<map\[string\]string>$/m)
    expect(text).toMatch(/^ {4}ownerReferences\t<\[\]OwnerReference>\n {6}apiVersion\t<string> -required-$/m)
    expect(text).toMatch(/^ {4}managedFields\t<\[\]ManagedFieldsEntry>$/m)
    expect(text).toMatch(/^ {6}versions\t|^ {4}versions\t<\[\]Object>$/m)
  })

  test('built-in kinds', async () => {
    expect(await out(['explain', 'configmap.data'])).toMatch(/^FIELD: data <map\[string\]string>$/m)
    expect(await out(['explain', 'lease.spec.renewTime'])).toMatch(/^FIELD: renewTime <(string|MicroTime)>$/m)
    expect(await out(['explain', 'role.rules', '--recursive'])).toMatch(/^ {2}verbs\t<\[\]string>/m)
  })

  test('a field that is not there', async () => {
    const { stderr } = await failure(['explain', 'widgets.spec.nothing', ...version])
    expect(stderr).toContain('field "nothing" does not exist')
  })
})

describe('diff', () => {
  test('shows what apply would change, and says so by its code', async () => {
    const object = widget('diffed')
    await out(['apply', '-f', '-'], { input: json(object) })
    expect(await out(['diff', '-f', '-'], { input: json(object) })).toBe('')
    const { code, stdout } = await failure(['diff', '-f', '-'], {
      input: json(widget('diffed', { spec: { size: 9 } })),
    })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^- {2}size: 3$/m)
    expect(stdout).toMatch(/^\+ {2}size: 9$/m)
    expect((await get('diffed')).spec?.['size']).toBe(3)
  })

  test('of something new shows all of it', async () => {
    const { code, stdout } = await failure(['diff', '-f', '-'], { input: json(widget('undiffed')) })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^\+kind: Widget$/m)
    expect((await target.call('GET', `${path}/undiffed`)).status).toBe(404)
  })
})

describe('replace', () => {
  test('puts a whole object in the place of another', async () => {
    await make('replaced', { metadata: { labels: { a: 'b' } }, spec: { color: 'red' } })
    const text = await out(['replace', '-f', '-'], { input: json(widget('replaced', { spec: { size: 5 } })) })
    expect(text).toBe(`widget.${group}/replaced replaced\n`)
    const { spec, metadata } = await get('replaced')
    expect(spec).toEqual({ size: 5, color: 'green' })
    expect(metadata?.labels).toBeUndefined()
  })

  test('of something that is not there fails', async () => {
    const { stderr } = await failure(['replace', '-f', '-'], { input: json(widget('unreplaced')) })
    expect(stderr).toContain(`${widgets} "unreplaced" not found`)
  })

  test('an old version loses', async () => {
    await make('stale')
    const old = await get('stale')
    await target.call('PUT', `${path}/stale`, { ...old, spec: { size: 4 } })
    const { stderr } = await failure(['replace', '-f', '-'], { input: json(old) })
    expect(stderr).toContain('the object has been modified')
  })

  test('--force deletes and makes it anew', async () => {
    const { body } = await make('forced')
    const text = await out(['replace', '--force', '-f', '-'], { input: json(widget('forced')) })
    expect(text).toContain('deleted')
    expect(text).toContain(`widget.${group}/forced replaced\n`)
    expect((await get('forced')).metadata?.uid).not.toBe(body.metadata?.uid)
  })

  test('--subresource=status', async () => {
    const { body } = await make('with-status')
    const input = json({ ...body, spec: { size: 99 }, status: { phase: 'Up' } })
    await out(['replace', '--subresource=status', '-f', '-'], { input })
    const { spec, status } = await get('with-status')
    expect(spec?.['size']).toBe(3)
    expect(status).toEqual({ phase: 'Up' })
  })
})

describe('edit', () => {
  /** An editor that changes the file it is given as `sed` does. */
  async function editor(expression: string): Promise<{ env: Record<string, string> }> {
    const script = join(folder, `editor-${expression.replaceAll(/\W/g, '')}`)
    await writeFile(script, `#!/bin/sh\nsed -i '${expression}' "$1"\n`)
    await chmod(script, 0o755)
    return { env: { KUBE_EDITOR: script } }
  }

  test('writes what the editor made of it', async () => {
    await make('edited')
    const text = await out(['edit', widgets, 'edited'], await editor('s/size: 3/size: 8/'))
    expect(text).toBe(`widget.${group}/edited edited\n`)
    expect((await get('edited')).spec?.['size']).toBe(8)
  })

  test('nothing changed, nothing written', async () => {
    const { body } = await make('unedited')
    const { stdout, stderr } = await run(['edit', widgets, 'unedited'], await editor('s/nothing/to do/'))
    expect(stdout + stderr).toContain('Edit cancelled, no changes made.')
    expect((await get('unedited')).metadata?.resourceVersion).toBe(body.metadata?.resourceVersion)
  })

  test('built-in kinds and the status', async () => {
    await target.call('POST', maps(), { ...map('edited'), data: { key: 'before' } })
    await out(['edit', 'configmap', 'edited'], await editor('s/before/after/'))
    expect((await target.call('GET', `${maps()}/edited`)).body['data']).toEqual({ key: 'after' })
    await make('edited-status')
    const status = { status: { phase: 'Down' } }
    await target.call('PATCH', `${path}/edited-status/status`, status, {
      type: 'application/merge-patch+json',
    })
    await out(['edit', widgets, 'edited-status', '--subresource=status'], await editor('s/Down/Up/'))
    expect((await get('edited-status')).status).toEqual({ phase: 'Up' })
  })
})

describe('auth', () => {
  test('can-i', async () => {
    expect(await out(['auth', 'can-i', 'create', 'pods'])).toBe('yes\n')
    expect(await out(['auth', 'can-i', 'delete', widgets, '--subresource=status'])).toContain('yes\n')
    expect(await out(['auth', 'can-i', 'get', '/livez'])).toBe('yes\n')
  })

  test('can-i --list', async () => {
    const text = await out(['auth', 'can-i', '--list'])
    expect(text).toMatch(/^Resources +Non-Resource URLs +Resource Names +Verbs$/m)
    expect(text).toMatch(/^\*\.\* +\[\] +\[\] +\[\*\]$/m)
    expect(text).toMatch(/^ +\[\*\] +\[\] +\[\*\]$/m)
    expect(text).toMatch(/^selfsubjectreviews\.authentication\.k8s\.io +\[\] +\[\] +\[create\]$/m)
  })

  test('whoami', async () => {
    expect(await out(['auth', 'whoami'])).toMatch(/^Groups +\[system:masters system:authenticated\]$/m)
  })

  test('roles are made and bound', async () => {
    expect(await out(['create', 'role', 'reader', '--verb=get,list', '--resource=configmaps'])).toBe(
      'role.rbac.authorization.k8s.io/reader created\n',
    )
    expect(await out(['create', 'rolebinding', 'readers', '--role=reader', '--user=bob'])).toBe(
      'rolebinding.rbac.authorization.k8s.io/readers created\n',
    )
    expect(await out(['describe', 'role', 'reader'])).toMatch(/^ {2}configmaps +\[\] +\[\] +\[get list\]$/m)
    expect(await out(['get', 'rolebinding', 'readers', '-o', 'wide'])).toMatch(
      /^NAME +ROLE +AGE +USERS +GROUPS +SERVICEACCOUNTS\nreaders +Role\/reader +\d+s +bob *\n/,
    )
  })
})

describe('get', () => {
  test('-A shows namespaces', async () => {
    await target.call('POST', maps(), map('everywhere', { labels: { everywhere: target.namespace } }))
    const text = await out(['get', 'configmaps', '-A', '-l', `everywhere=${target.namespace}`])
    expect(text).toMatch(
      new RegExp(`^NAMESPACE +NAME +DATA +AGE\n${target.namespace} +everywhere +0 +\\d+s\n$`),
    )
  })

  test('--sort-by, --chunk-size, -o custom-columns and go-template', async () => {
    const labels = { sorted: 'yes' }
    for (const [name, size] of [
      ['sort-a', 7],
      ['sort-b', 1],
      ['sort-c', 4],
    ] as const)
      await make(name, { metadata: { labels }, spec: { size } })
    const select = ['get', widgets, '-l', 'sorted=yes']
    expect(await out([...select, '--sort-by=.spec.size', '-o', 'name'])).toBe(
      ['b', 'c', 'a'].map((letter) => `widget.${group}/sort-${letter}\n`).join(''),
    )
    expect(await out([...select, '--sort-by=.spec.size', '--no-headers'])).toMatch(
      /^sort-b[^\n]*\nsort-c[^\n]*\nsort-a[^\n]*\n$/,
    )
    expect(await out([...select, '--chunk-size=2', '-o', 'name'])).toMatch(/sort-a\n.*sort-b\n.*sort-c\n$/)
    const columns = 'custom-columns=N:.metadata.name,S:.spec.size'
    expect(await out([...select, '-o', columns, '--no-headers'])).toMatch(
      /^sort-a +7\nsort-b +1\nsort-c +4\n$/,
    )
    const template = 'go-template={{range .items}}{{.spec.size}} {{end}}'
    expect(await out([...select, '-o', template])).toBe('7 1 4 ')
  })

  test('several kinds and names at once', async () => {
    await make('several')
    await target.call('POST', maps(), map('several'))
    const text = await out(['get', `configmap/several`, `${widgets}/several`, '-o', 'name'])
    expect(text).toBe(`configmap/several\nwidget.${group}/several\n`)
  })

  test('--watch with --output-watch-events tells of each change', async () => {
    const args = ['get', widgets, '--watch', '--output-watch-events', '-l', 'seen=yes', '--no-headers']
    const child = await startKubectl(['--kubeconfig', target.kubeconfig, ...args])
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (part: string) => (text += part))
    const until = async (pattern: RegExp) => {
      for (let attempt = 0; attempt < 200 && !pattern.test(text); attempt++)
        await new Promise((resolve) => setTimeout(resolve, 50))
      expect(text).toMatch(pattern)
    }
    try {
      await make('followed', { metadata: { labels: { seen: 'yes' } } })
      await until(/^ADDED +followed/m)
      const change = { spec: { size: 9 } }
      await target.call('PATCH', `${path}/followed`, change, { type: 'application/merge-patch+json' })
      await until(/^MODIFIED +followed +9/m)
      await target.call('DELETE', `${path}/followed`)
      await until(/^DELETED +followed/m)
    } finally {
      child.kill()
    }
  })

  test('--raw', async () => {
    expect(JSON.parse(await out(['get', '--raw', path]))).toMatchObject({ kind: 'WidgetList' })
    expect(await out(['get', '--raw', '/livez'])).toBe('ok')
    expect(await out(['get', '--raw', '/livez/ping'])).toBe('ok')
    const verbose = await out(['get', '--raw', '/readyz?verbose'])
    expect(verbose).toMatch(/^\[\+\]ping ok\n/)
    expect(verbose).toMatch(/^\[\+\]etcd ok$/m)
    expect(verbose).toMatch(/\nreadyz check passed\n$/)
    expect(JSON.parse(await out(['get', '--raw', '/version']))).toMatchObject({ major: '1' })
  })
})

describe('delete', () => {
  test('--all takes everything of the namespace', async () => {
    for (const name of ['lease-1', 'lease-2'])
      await out(['create', '-f', '-'], {
        input: json({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name } }),
      })
    const text = await out(['delete', 'leases', '--all'])
    expect(text.trimEnd().split('\n').length).toBe(2)
    expect(await out(['get', 'leases', '-o', 'name'])).toBe('')
  })

  /** A map with another one that belongs to it. */
  async function family(name: string): Promise<void> {
    const { body } = await target.call('POST', maps(), map(name))
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name, uid: body.metadata?.uid }
    const ownerReferences = [{ ...owner, blockOwnerDeletion: true }]
    await target.call('POST', maps(), map(`${name}-child`, { ownerReferences }))
  }

  test('--cascade=orphan leaves the dependents', async () => {
    await family('orphaning')
    await out(['delete', 'configmap', 'orphaning', '--cascade=orphan'])
    await untilGone(`${maps()}/orphaning`)
    const child = (await target.call('GET', `${maps()}/orphaning-child`)).body
    expect(child.metadata).not.toHaveProperty('ownerReferences')
  })

  test.each(['foreground', 'background'])('--cascade=%s takes them along', async (cascade) => {
    await family(cascade)
    const text = await out(['delete', 'configmap', cascade, `--cascade=${cascade}`])
    expect(text).toContain(`configmap "${cascade}" deleted`)
    for (const name of [cascade, `${cascade}-child`]) await untilGone(`${maps()}/${name}`)
  })

  test('--dry-run=server keeps all', async () => {
    await make('spared')
    expect(await out(['delete', widgets, 'spared', '--dry-run=server'])).toContain('(server dry run)')
    expect((await get('spared')).kind).toBe('Widget')
  })

  test('-f takes what stands in a file', async () => {
    const objects: Body[] = ['file-1', 'file-2'].map((name) => widget(name))
    const input = objects.map((object) => `---\n${json(object)}\n`).join('')
    await out(['create', '-f', '-'], { input })
    await out(['delete', '-f', '-'], { input })
    expect((await target.call('GET', `${path}/file-1`)).status).toBe(404)
    expect((await target.call('GET', `${path}/file-2`)).status).toBe(404)
  })
})

describe('label and annotate', () => {
  test('--overwrite, --all and -l', async () => {
    for (const name of ['tagged-1', 'tagged-2']) await make(name, { metadata: { labels: { tagged: 'no' } } })
    const text = await out(['label', widgets, '-l', 'tagged=no', 'tagged=yes', '--overwrite'])
    expect(text).toBe(`widget.${group}/tagged-1 labeled\nwidget.${group}/tagged-2 labeled\n`)
    await out(['annotate', widgets, '-l', 'tagged=yes', 'example.com/a=1'])
    await out(['annotate', widgets, 'tagged-1', 'example.com/a=2', '--overwrite'])
    expect((await get('tagged-1')).metadata?.annotations).toMatchObject({ 'example.com/a': '2' })
    const { stderr } = await failure(['annotate', widgets, 'tagged-1', 'example.com/a=3'])
    expect(stderr).toContain('--overwrite is false')
  })

  test('--resource-version', async () => {
    await make('versioned')
    const { stderr } = await failure(['label', widgets, 'versioned', 'a=b', '--resource-version=1'])
    expect(stderr).toContain('the object has been modified')
  })
})

describe('what else is asked', () => {
  test('api-resources by verb, scope and category', async () => {
    const names = async (...args: string[]) =>
      (await out(['api-resources', '-o', 'name', ...args])).trimEnd().split('\n')
    expect(await names('--verbs=deletecollection')).toEqual(expect.arrayContaining(['configmaps', widgets]))
    expect(await names('--verbs=deletecollection')).not.toContain('namespaces')
    expect(await names('--namespaced=false')).toEqual(expect.arrayContaining(['namespaces', widgets]))
    expect(await names('--categories=api-extensions')).toContain(
      'customresourcedefinitions.apiextensions.k8s.io',
    )
    expect(await out(['api-resources', '-o', 'wide', '--api-group', group])).toMatch(
      /^widgets .* create,delete,deletecollection,get,list,patch,update,watch|^widgets .* delete,deletecollection,get,list,patch,create,update,watch/m,
    )
  })

  test('events of an object', async () => {
    const { body } = await make('eventful')
    await target.call('POST', '/api/v1/namespaces/default/events', {
      metadata: { name: `eventful.${Date.now()}` },
      involvedObject: {
        apiVersion: `${group}/v1`,
        kind: 'Widget',
        name: 'eventful',
        uid: body.metadata?.uid,
      },
      reason: 'Grew',
      message: 'it grew',
      type: 'Normal',
      count: 1,
      lastTimestamp: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    })
    const text = await out(['events', '-n', 'default', '--for', `${widgets}/eventful`])
    expect(text).toMatch(/Normal +Grew +Widget\/eventful +it grew/)
  })

  test('wait --for=condition and --for=create', async () => {
    const created = out(['wait', widgets, 'expected', '--for=create', '--timeout=20s'])
    await make('expected')
    expect(await created).toBe(`widget.${group}/expected condition met\n`)
  })
})
