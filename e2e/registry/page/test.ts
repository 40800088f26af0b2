import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { startRegistryLine, type RegistryLine } from '#e2e/support/registry-line.ts'
import { makeSigningKey, type SigningKey } from '#e2e/support/signing-key.ts'
import { startRegistry, type RunningRegistry } from '#e2e/support/start-registry.ts'
import { expect, expectAccessible, test as base } from '#e2e/support/test.ts'
import { startTokenService } from '#e2e/support/token-service.ts'
import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { createKubeClient } from '#lib/kube/http-kube-client.ts'
import { loadKubeconfig } from '#lib/kube/load-config.ts'
import { nameRegistry } from '../name-registry.ts'

export const USER = { name: 'registry-user', password: 'pass<word> & "quotes" äöü' }
export const PAGE = '/marketplace/upload-packages'

/** How the console of a file is set up. */
export interface Setup {
  policy: 'off' | 'warn' | 'require'
  /** Basic authentication unless given. */
  login?: 'token'
  /** Who names the registry: the platform's ProductBase and Secret, or the console's environment. */
  namedBy?: 'platform' | 'environment'
  /** Whose certificates the console takes for the registry; the authority behind it unless given. */
  trusts?: 'nobody'
}

export interface Stage {
  registry: RunningRegistry
  /** What the console reaches the registry through. */
  line: RegistryLine
  /** Whose signatures count. */
  release: SigningKey
  stranger: SigningKey
  /** Variables of the console. */
  env: Record<string, string>
  /** Writes a file to be chosen. @returns its path */
  file(name: string, bytes: Buffer | string): Promise<string>
}

interface WorkerFixtures {
  setup: Setup
  stage: Stage
  namedRegistry: undefined
}

/** A console, its registry with TLS and a password, and keys that sign. */
// oxlint-disable-next-line typescript/no-empty-object-type -- no fixtures of a test's own
export const test = base.extend<{}, WorkerFixtures>({
  setup: [{ policy: 'warn' }, { scope: 'worker', option: true }],
  stage: [
    async ({ setup }, use) => {
      const tokens = setup.login === 'token' ? await startTokenService(USER, 300) : undefined
      const registry = await startRegistry(
        tokens === undefined ? { user: USER } : { config: { auth: tokens.auth } },
      )
      const line = await startRegistryLine(registry.host)
      const [release, stranger] = await Promise.all([
        makeSigningKey('Release Engineering <release@example.com>'),
        makeSigningKey('Stranger <stranger@example.com>'),
      ])
      const dir = await mkdtemp(join(tmpdir(), 'page-'))
      const file = async (name: string, bytes: Buffer | string) => {
        await writeFile(join(dir, name), bytes)
        return join(dir, name)
      }
      // skopeo trusts what lies in there for both.
      if (tokens !== undefined) await writeFile(join(registry.certDir, 'tokens.crt'), tokens.ca)
      const authorities = [registry.ca, tokens?.ca ?? null].filter((ca) => ca !== null)
      const env = {
        PACKAGE_VERIFICATION: setup.policy,
        PACKAGE_KEYRING_FILES: await file('keyring.gpg', release.publicKey),
        ...(setup.trusts !== 'nobody' && {
          REGISTRY_CA_FILE: await file('registry-ca.crt', authorities.join('\n')),
        }),
        ...(setup.namedBy === 'environment' && {
          REGISTRY_ADDRESS: `${line.host}/mirror`,
          REGISTRY_USERNAME: USER.name,
          REGISTRY_PASSWORD_FILE: await file('password', `${USER.password}\n`),
        }),
      }
      await use({ registry, line, release, stranger, env, file })
      await line.stop()
      await registry.stop()
      await tokens?.stop()
      await Promise.all([release.remove(), stranger.remove()])
      await rm(dir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  env: [
    async ({ stage }, use) => {
      await use(stage.env)
    },
    { scope: 'worker' },
  ],
  namedRegistry: [
    async ({ setup, stage, console: running }, use) => {
      if (setup.namedBy !== 'environment') {
        const client = createKubeClient(loadKubeconfig(running.kubeconfig), { cluster: GLOBAL_CLUSTER })
        await nameRegistry(client, stage.line.host, USER)
        await client.close()
      }
      await use(undefined)
    },
    { scope: 'worker', auto: true, timeout: 60_000 },
  ],
})

/** An upload's entry on the page. */
export function entry(page: Page, fileName: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByText(fileName, { exact: true }) })
}

/** A step of an upload with what it says. @param step its title */
export function step(within: Page | Locator, step_: string): Locator {
  return within.getByRole('listitem').filter({ hasText: new RegExp(`^${step_}`) })
}

/** Chooses files on the page. */
export async function choose(page: Page, ...paths: string[]): Promise<void> {
  // Before the page has come alive nobody hears of it.
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.locator('input[type=file]').setInputFiles(paths)
}

/** Drops files on the page, all at once, as a file manager does. */
export async function drop(page: Page, files: Readonly<Record<string, Buffer | string>>): Promise<void> {
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  const list = Object.entries(files).map(([name, bytes]) => ({
    name: basename(name),
    base64: Buffer.from(bytes as Buffer).toString('base64'),
  }))
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer()
    for (const { name, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.codePointAt(0) ?? 0)
      data.items.add(new File([bytes], name))
    }
    return data
  }, list)
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer })
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

export { expect, expectAccessible }
