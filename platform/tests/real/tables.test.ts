import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NODE, SECRET, STORAGE_CLASS } from '#lib/kinds/core.ts'
import type { Node } from '#lib/kinds/core.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { discoverResource } from '#lib/kube/discover-resource.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import type { KubeClient, TablePage } from '#lib/kube/kube-client.ts'
import { ForbiddenError } from '#lib/kube/kube-error.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { tokenOf } from '../service-account-token.ts'

/** A real API server with RBAC, and its administrator. */
const KUBECONFIG = process.env['KUBE_TEST_KUBECONFIG'] ?? ''
const RUN = `tables-${Date.now().toString(36)}`
const HIDDEN = Buffer.from(`hidden-${RUN}`).toString('base64')
const IN_DEFAULT = { namespace: 'default' }
const MARKED = { labelSelector: `run=${RUN}` }
const SERVICE_ACCOUNT: Resource = {
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
}

const metadata = { name: RUN, labels: { run: RUN } }
const SECRET_OBJECT = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { ...metadata, namespace: 'default', annotations: { 'example.com/copy': HIDDEN } },
  data: { key: HIDDEN },
}
const CLASS_OBJECT = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { ...metadata, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'example.com/none',
}
const NODE_OBJECT: Node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { ...metadata, labels: { run: RUN, 'node-role.kubernetes.io/infra': '' } },
  spec: { unschedulable: true },
}
const ACCOUNT: KubeObject = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: RUN } }

/** The one row of a table, by its columns. */
function onlyRow({ columns, rows }: TablePage): Record<string, string> {
  expect(rows.map(({ name }) => name)).toEqual([RUN])
  return Object.fromEntries(columns.map(({ name }, index) => [name, rows[0]?.cells[index] ?? '']))
}

describe('tables of a real API server', () => {
  let admin: KubeClient
  const clients: KubeClient[] = []

  beforeAll(async () => {
    admin = createKubeClient(loadKubeconfig(KUBECONFIG), { cluster: 'real' })
    clients.push(admin)
    await admin.create(SECRET, SECRET_OBJECT, IN_DEFAULT)
    await admin.create(STORAGE_CLASS, CLASS_OBJECT)
    await admin.create(NODE, NODE_OBJECT)
    await admin.create(SERVICE_ACCOUNT, ACCOUNT, IN_DEFAULT)
  })
  afterAll(async () => {
    await admin.delete(SECRET, RUN, IN_DEFAULT)
    await admin.delete(STORAGE_CLASS, RUN)
    await admin.delete(NODE, RUN)
    await admin.delete(SERVICE_ACCOUNT, RUN, IN_DEFAULT)
    await Promise.all(clients.map((client) => client.close()))
  })

  test('say of a Secret its type, and of its data how much there is', async () => {
    const table = await admin.table(SECRET, MARKED)
    expect(onlyRow(table)).toMatchObject({ Name: RUN, Type: 'Opaque', Data: '1' })
    expect(JSON.stringify(table)).not.toContain(HIDDEN)
  })

  test('have the columns that pickers read', async () => {
    expect(onlyRow(await admin.table(STORAGE_CLASS, MARKED))).toMatchObject({
      Name: `${RUN} (default)`,
      Provisioner: 'example.com/none',
    })
    expect(onlyRow(await admin.table(NODE, MARKED))).toMatchObject({
      Status: 'Unknown,SchedulingDisabled',
      Roles: 'infra',
      'Internal-IP': '<none>',
    })
  })

  test('of kinds that were named loosely', async () => {
    expect(await discoverResource(admin, { group: '', version: '', kind: 'StorageClass' })).toEqual(
      STORAGE_CLASS,
    )
    expect(
      await discoverResource(admin, { group: 'storage.k8s.io', version: 'v1beta1', kind: 'StorageClass' }),
    ).toEqual(STORAGE_CLASS)
    expect(await discoverResource(admin, { group: '', version: 'v9', kind: 'Secret' })).toEqual(SECRET)
    expect(await discoverResource(admin, { group: '', version: '', kind: 'NoSuchKind' })).toBeUndefined()
  })

  test('are forbidden to who may not list', async () => {
    const config = loadKubeconfig(KUBECONFIG)
    const user = config.getCurrentUser()?.name ?? ''
    config.users = [{ name: user, token: await tokenOf(KUBECONFIG, 'default', RUN) }]
    const restricted = createKubeClient(config, { cluster: 'real' })
    clients.push(restricted)
    await expect(restricted.table(SECRET, MARKED)).rejects.toThrow(ForbiddenError)
    // Everybody may ask what kinds there are.
    expect(await discoverResource(restricted, { group: '', version: '', kind: 'Secret' })).toEqual(SECRET)
  })
})
