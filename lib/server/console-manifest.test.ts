import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8')

interface Manifest {
  kind: string
  metadata: { name: string }
  spec: {
    template: {
      spec: {
        containers: [{ env: { name: string; value?: string }[]; volumeMounts: Mount[] }]
        volumes: ({ name: string } & Record<string, { claimName?: string }>)[]
      }
    }
  }
}

interface Mount {
  name: string
  mountPath: string
  readOnly?: boolean
}

/** The manifest as it is, and with everything that is prepared in comments. */
async function manifests(): Promise<string[]> {
  const text = await read('deploy/console.yaml')
  return [text, text.replaceAll(/^( *)# (- \{name: [A-Z_]+,)/gm, '$1$2')]
}

test('deploy/console.yaml: what the console writes and reads is where it is mounted', async () => {
  const known = (
    await Promise.all(['lib/server/environment.ts', 'lib/packages/package-settings.ts'].map(read))
  ).join()
  for (const text of await manifests()) {
    const objects = parseAllDocuments(text).map((document) => document.toJS() as Manifest)
    const pod = objects.find(({ kind }) => kind === 'Deployment')?.spec.template.spec
    const { env = [], volumeMounts = [] } = pod?.containers[0] ?? {}
    expect(volumeMounts.map(({ name }) => name)).toEqual(pod?.volumes.map(({ name }) => name))
    const claims = objects
      .filter(({ kind }) => kind === 'PersistentVolumeClaim')
      .map(({ metadata }) => metadata.name)
    expect(pod?.volumes[0]?.['persistentVolumeClaim']?.claimName).toBe(claims[0])
    const mountOf = (path = '') => volumeMounts.find(({ mountPath }) => path.startsWith(`${mountPath}/`))
    for (const { name, value } of env) {
      expect(known).toContain(name)
      if (/_FILES?$/.test(name)) expect(mountOf(value)).toMatchObject({ readOnly: true })
    }
    const uploads = env.find(({ name }) => name === 'UPLOADS_DIR')
    expect(mountOf(uploads?.value)?.readOnly ?? false).toBe(false)
    expect(mountOf(uploads?.value)?.name).toBe('uploads')
  }
  const [plain = '', whole = ''] = await manifests()
  expect(whole.match(/- \{name: [A-Z_]+/g)?.length).toBeGreaterThan(
    (plain.match(/^ +- \{name: [A-Z_]+/gm) ?? []).length + 5,
  )
})
