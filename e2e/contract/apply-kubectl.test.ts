import { describe, expect, test } from 'vitest'
import type { KubectlResult } from '#e2e/support/kubectl.ts'
import { KubectlError, kubectl } from '#e2e/support/kubectl.ts'
import { applyAs, configMap, entriesOf, leaves, ownersOf } from './field-owners.ts'
import { contractTarget } from './target.ts'

const target = contractTarget()

const maps = (name: string) => `/api/v1/namespaces/${target.namespace}/configmaps/${name}`
const get = async (name: string) => (await target.call('GET', maps(name))).body
const run = (args: string[], input?: unknown): Promise<KubectlResult> =>
  kubectl(
    ['--kubeconfig', target.kubeconfig, '-n', target.namespace, ...args],
    input === undefined ? {} : { input: JSON.stringify(input) },
  )
const failed = (args: string[], input?: unknown): Promise<KubectlResult> =>
  run(args, input).then(
    () => Promise.reject(new Error(`kubectl ${args.join(' ')} did not fail`)),
    (error: unknown) => (error instanceof KubectlError ? error.result : Promise.reject(error as Error)),
  )
const SERVER_SIDE = ['apply', '--server-side', '-f', '-']

describe('kubectl apply --server-side', () => {
  test('creates, changes and takes away', async () => {
    const { stdout } = await run(SERVER_SIDE, configMap('applied', { a: '1', b: '1' }))
    expect(stdout).toBe('configmap/applied serverside-applied\n')
    expect(ownersOf(await get('applied'))).toEqual({ 'kubectl Apply': { 'f:data': leaves('f:a', 'f:b') } })
    await run(SERVER_SIDE, configMap('applied', { b: '2' }))
    expect((await get('applied'))['data']).toEqual({ b: '2' })
  })

  test('says who else owns what, and takes it when told to', async () => {
    await applyAs(target, maps('contested'), 'somebody', configMap('contested', { a: '1' }))
    const { code, stderr } = await failed(SERVER_SIDE, configMap('contested', { a: '2' }))
    expect(code).toBe(1)
    expect(stderr).toContain('error: Apply failed with 1 conflict: conflict with "somebody": .data.a')
    expect(stderr).toContain('--force-conflicts')
    const { stdout } = await run([...SERVER_SIDE, '--force-conflicts'], configMap('contested', { a: '2' }))
    expect(stdout).toBe('configmap/contested serverside-applied\n')
    expect(ownersOf(await get('contested'))).toEqual({ 'kubectl Apply': { 'f:data': leaves('f:a') } })
  })

  test('has the name that it is given', async () => {
    await run([...SERVER_SIDE, '--field-manager', 'me'], configMap('mine', { a: '1' }))
    expect(Object.keys(ownersOf(await get('mine')))).toEqual(['me Apply'])
  })

  test('in a dry run stores nothing', async () => {
    const { stdout } = await run([...SERVER_SIDE, '--dry-run=server'], configMap('dry', { a: '1' }))
    expect(stdout).toBe('configmap/dry serverside-applied (server dry run)\n')
    expect((await target.call('GET', maps('dry'))).status).toBe(404)
  })

  test('takes over from kubectl apply without a conflict', async () => {
    await run(['apply', '-f', '-'], configMap('upgraded', { a: '1', b: '1' }))
    const before = await get('upgraded')
    expect(Object.keys(ownersOf(before))).toEqual(['kubectl-client-side-apply Update'])
    const { stdout } = await run(SERVER_SIDE, configMap('upgraded', { a: '2', b: '1' }))
    expect(stdout).toBe('configmap/upgraded serverside-applied\n')
    const body = await get('upgraded')
    expect(body['data']).toEqual({ a: '2', b: '1' })
    const last = body.metadata?.annotations?.['kubectl.kubernetes.io/last-applied-configuration'] ?? ''
    expect(JSON.parse(last)).toMatchObject({ kind: 'ConfigMap', data: { a: '2', b: '1' } })
    await run(SERVER_SIDE, configMap('upgraded', { b: '1' }))
    expect((await get('upgraded'))['data']).toEqual({ b: '1' })
  })
})

describe('kubectl diff', () => {
  test('shows what would change, and changes nothing', async () => {
    await run(['apply', '-f', '-'], configMap('compared', { a: '1' }))
    const before = await get('compared')
    const { code, stdout } = await failed(['diff', '-f', '-'], configMap('compared', { a: '2' }))
    expect(code).toBe(1)
    expect(stdout).toContain('-  a: "1"\n+  a: "2"\n')
    expect((await run(['diff', '-f', '-'], configMap('compared', { a: '1' }))).stdout).toBe('')
    expect(await get('compared')).toEqual(before)
  })

  test('by the server knows conflicts', async () => {
    await run(SERVER_SIDE, configMap('compared-there', { a: '1' }))
    const diff = ['diff', '--server-side', '-f', '-']
    const { stdout } = await failed(diff, configMap('compared-there', { a: '1', b: '1' }))
    expect(stdout).toContain('+  b: "1"')
    await applyAs(target, maps('compared-there'), 'somebody', configMap('compared-there', { c: '1' }))
    const { stderr } = await failed(diff, configMap('compared-there', { c: '2' }))
    expect(stderr).toContain('conflict with "somebody": .data.c')
    expect((await run(diff, configMap('compared-there', { a: '1' }))).stdout).toBe('')
  })
})

describe('kubectl get', () => {
  test('shows owners only when it is told to', async () => {
    await run(SERVER_SIDE, configMap('shown', { a: '1' }))
    expect((await run(['get', 'configmap', 'shown', '-o', 'yaml'])).stdout).not.toContain('managedFields')
    const { stdout } = await run(['get', 'configmap', 'shown', '-o', 'yaml', '--show-managed-fields'])
    expect(stdout).toContain(
      '  managedFields:\n  - apiVersion: v1\n    fieldsType: FieldsV1\n    fieldsV1:\n',
    )
    expect(stdout).toContain('      f:data:\n        f:a: {}\n    manager: kubectl\n    operation: Apply\n')
  })
})

describe('the managers of kubectl', () => {
  test('create, label, annotate, patch, edit and replace', async () => {
    await run(['create', 'configmap', 'handled', '--from-literal=a=1'])
    await run(['label', 'configmap', 'handled', 'l=1'])
    await run(['annotate', 'configmap', 'handled', 'n=1'])
    await run(['patch', 'configmap', 'handled', '-p', '{"data":{"p":"1"}}'])
    expect(ownersOf(await get('handled'))).toEqual({
      'kubectl-create Update': { 'f:data': leaves('.', 'f:a') },
      'kubectl-label Update': { 'f:metadata': { 'f:labels': leaves('.', 'f:l') } },
      'kubectl-annotate Update': { 'f:metadata': { 'f:annotations': leaves('.', 'f:n') } },
      'kubectl-patch Update': { 'f:data': leaves('f:p') },
    })
    const body = await get('handled')
    await run(['replace', '-f', '-'], { ...body, data: { a: '1', p: '1', r: '1' } })
    expect(ownersOf(await get('handled'))['kubectl-replace Update']).toEqual({ 'f:data': leaves('f:r') })
    const managers = entriesOf(await get('handled')).map(({ manager }) => manager)
    expect(new Set(managers)).toEqual(
      new Set(['kubectl-create', 'kubectl-label', 'kubectl-annotate', 'kubectl-patch', 'kubectl-replace']),
    )
  })

  test('edit', async () => {
    await target.call('POST', maps(''), configMap('edited', { a: 'before' }))
    const env = { KUBE_EDITOR: 'sed -i s/before/after/' }
    const args = ['--kubeconfig', target.kubeconfig, '-n', target.namespace, 'edit', 'configmap', 'edited']
    await kubectl(args, { env })
    expect(ownersOf(await get('edited'))['kubectl-edit Update']).toEqual({ 'f:data': leaves('f:a') })
  })

  test('apply on the client, and what is created from a file', async () => {
    await run(['create', '-f', '-'], configMap('from-file', { a: '1' }))
    expect(Object.keys(ownersOf(await get('from-file')))).toEqual(['kubectl-create Update'])
    await run(['apply', '-f', '-'], configMap('from-file', { a: '2' })).catch(() => undefined)
    expect(ownersOf(await get('from-file'))['kubectl-client-side-apply Update']).toMatchObject({
      'f:data': leaves('f:a'),
    })
  })
})
