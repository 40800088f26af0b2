import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ClusterEntry, ClusterSource } from './cluster-source.ts'
import { kubeconfigsSource } from './kubeconfigs-source.ts'
import { createManualClock } from './testing/manual-clock.ts'
import type { ManualClock } from './testing/manual-clock.ts'

const SECRET = 'do-not-tell-0123456789'

let directory: string
let clock: ManualClock
let source: ClusterSource | undefined
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'clusters-'))
  clock = createManualClock()
})
afterEach(async () => {
  source?.stop()
  source = undefined
  await rm(directory, { recursive: true, force: true })
})

function kubeconfig(server: string, context = 'admin@cluster'): string {
  return JSON.stringify({
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: { token: SECRET } }],
    contexts: [{ name: context, context: { cluster: 'c', user: 'u' } }],
    'current-context': context,
  })
}

function put(name: string, text: string): Promise<void> {
  return writeFile(join(directory, name), text)
}

async function start(...paths: string[]): Promise<ClusterSource> {
  source = kubeconfigsSource(paths.length === 0 ? [directory] : paths, { clock, random: () => 0.5 })
  await source.ready()
  await vi.waitFor(() => expect(source?.freshness.state).toBe('live'))
  return source
}

function entry(name: string): ClusterEntry | undefined {
  return source?.list().find((one) => one.name === name)
}

function names(): string[] {
  return (source?.list() ?? []).map(({ name }) => name).sort()
}

/** Lets the poll come round until `check` holds; the system's own notice may be faster. */
function afterPolls(check: () => void): Promise<void> {
  return vi.waitFor(
    () => {
      clock.advance(6000)
      check()
    },
    { interval: 10, timeout: 5000 },
  )
}

test('each file is a cluster beside the management cluster, called after the file', async () => {
  await put('business.yaml', kubeconfig('https://business.example'))
  await put('edge.kubeconfig', kubeconfig('https://edge.example'))
  await put('plant-7', kubeconfig('https://plant.example'))
  await put('kubeconfig', kubeconfig('https://named.example', 'named-by-context'))
  await put('ca.crt', 'a certificate that one of them names')
  await put('.hidden.yaml', 'not meant')
  await mkdir(join(directory, 'older'))
  await start()
  expect(names()).toEqual(['business', 'edge', 'global', 'named-by-context', 'plant-7'])
  expect(entry('edge')).toMatchObject({ problem: null, origin: join(directory, 'edge.kubeconfig') })
  expect(entry('edge')?.route?.config.getCurrentCluster()?.server).toBe('https://edge.example')
  expect(entry('edge')?.cluster.metadata.uid).toBeUndefined()
  expect(entry('global')).toMatchObject({ route: null, problem: null })
})

test('files are noticed as they come, change and go; the others keep their way', async () => {
  await put('business.yaml', kubeconfig('https://business.example'))
  const started = await start()
  const changes = vi.fn<() => void>()
  started.onChange(changes)
  const route = entry('business')?.route
  await put('edge.yaml', kubeconfig('https://edge.example'))
  await afterPolls(() => expect(names()).toEqual(['business', 'edge', 'global']))
  const before = entry('edge')?.route
  await put('edge.yaml', kubeconfig('https://moved.example'))
  await afterPolls(() =>
    expect(entry('edge')?.route?.config.getCurrentCluster()?.server).toBe('https://moved.example'),
  )
  expect(entry('edge')?.route).not.toBe(before)
  await rm(join(directory, 'edge.yaml'))
  await afterPolls(() => expect(names()).toEqual(['business', 'global']))
  expect(entry('business')?.route).toBe(route)
  expect(changes).toHaveBeenCalled()
})

test('the way Kubernetes mounts Secrets: links into a folder that is exchanged as a whole', async () => {
  const mounted = async (folder: string, server: string) => {
    await mkdir(join(directory, folder))
    await put(`${folder}/edge.yaml`, kubeconfig(server))
    await symlink(folder, join(directory, '..new'))
    await rename(join(directory, '..new'), join(directory, '..data'))
  }
  await mounted('..1', 'https://one.example')
  await symlink('..data/edge.yaml', join(directory, 'edge.yaml'))
  await start()
  expect(names()).toEqual(['edge', 'global'])
  await mounted('..2', 'https://two.example')
  await afterPolls(() =>
    expect(entry('edge')?.route?.config.getCurrentCluster()?.server).toBe('https://two.example'),
  )
})

test('a broken file is a flagged cluster with a one-line reason that quotes nothing of it', async () => {
  await put('good.yaml', kubeconfig('https://good.example'))
  await put('not-yaml.yaml', `token: "${SECRET}\n\t[`)
  await put('no-context.yaml', '{}')
  await put('odd.yaml', kubeconfig('ftp://odd.example'))
  await put('binary', '\0\x01\x02')
  await put('huge.yaml', 'x'.repeat(1024 * 1024 + 1))
  await symlink('nowhere', join(directory, 'dangling.yaml'))
  await start()
  const problems = Object.fromEntries(
    (source?.list() ?? []).map(({ name, problem }) => [name, problem?.message]),
  )
  expect(problems).toEqual({
    global: undefined,
    good: undefined,
    'not-yaml': expect.stringMatching(/^not valid YAML, line \d+ \(\w+\)$/),
    'no-context': 'has no current context',
    odd: 'the server of cluster "c" is not an http(s) address',
    binary: expect.any(String),
    huge: 'too large for a kubeconfig',
    dangling: 'no such file',
  })
  for (const one of source?.list() ?? []) {
    expect(one.problem?.message ?? '').not.toContain(SECRET)
    expect(one.problem?.message ?? '').not.toContain('\n')
    if (one.problem !== null) expect(one.route).toBeNull()
  }
})

test('names that clash, are taken or unfit are shown and lead nowhere', async () => {
  await put('edge.yaml', kubeconfig('https://one.example'))
  await put('edge.json', kubeconfig('https://two.example'))
  await put('global.yaml', kubeconfig('https://other.example'))
  await put('Not a name.yaml', kubeconfig('https://unfit.example'))
  await start()
  expect(names()).toEqual(['Not a name', 'edge', 'global', 'global.yaml'])
  expect(entry('edge')).toMatchObject({ route: null, problem: { code: 'name-ambiguous' } })
  expect(entry('edge')?.problem?.message).toBe(
    `${join(directory, 'edge.json')}, ${join(directory, 'edge.yaml')}`,
  )
  expect(entry('global.yaml')).toMatchObject({ route: null, problem: { code: 'name-taken' } })
  expect(entry('Not a name')).toMatchObject({ route: null, problem: { code: 'name-unfit' } })
  await rm(join(directory, 'edge.json'))
  await afterPolls(() => expect(entry('edge')?.problem).toBeNull())
})

test('a folder that is gone takes no cluster away; a listed file that is gone is flagged', async () => {
  const folder = join(directory, 'folder')
  await mkdir(folder)
  await put('folder/edge.yaml', kubeconfig('https://edge.example'))
  await put('listed.yaml', kubeconfig('https://listed.example'))
  const started = await start(folder, join(directory, 'listed.yaml'))
  expect(names()).toEqual(['edge', 'global', 'listed'])
  await rename(folder, join(directory, 'away'))
  await rm(join(directory, 'listed.yaml'))
  await afterPolls(() =>
    expect(started.freshness).toMatchObject({ state: 'stale', message: `${folder}: no such file` }),
  )
  expect(entry('edge')?.route).not.toBeNull()
  await afterPolls(() => expect(entry('listed')?.problem?.message).toBe('no such file'))
  await rename(join(directory, 'away'), folder)
  await afterPolls(() => expect(started.freshness.state).toBe('live'))
})
