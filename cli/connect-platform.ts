import { GLOBAL_CLUSTER } from '#lib/kinds/cluster.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { KubeClient } from '#lib/kube/kube-client.ts'
import { NotFoundError, UnauthorizedError, UnavailableError } from '#lib/kube/kube-error.ts'
import type { KubeConfig } from '#lib/kube/load-config.ts'
import type { Call } from './command.ts'
import type { PLATFORM_OPTIONS } from './platform-options.ts'
import { readCa } from './read-ca.ts'
import { UsageError } from './usage-error.ts'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Carries out `work` with a client of the global cluster: through the platform's gateway at `--platform-address`, else with a
 * kubeconfig.
 * @throws UsageError, KubeconfigError; what `work` throws
 */
export async function withPlatform<R>(
  { options, environment, terminal }: Call<typeof PLATFORM_OPTIONS>,
  work: (client: KubeClient) => Promise<R>,
): Promise<R> {
  const address = options['platform-address']
  if (address !== undefined && options.kubeconfig !== undefined)
    throw new UsageError('--platform-address and --kubeconfig exclude each other.')
  // Loaded here: commands that need no platform start twice as fast.
  const { loadKubeconfig } = await import('#lib/kube/load-config.ts')
  const { createKubeClient } = await import('#lib/kube/http-kube-client.ts')
  const config = address === undefined ? loadKubeconfig(options.kubeconfig) : await configOf(address, options)
  if (options['insecure-skip-tls-verify'] && address !== undefined)
    terminal.warn("the platform's certificate is not checked")
  const { proxyFor } = await import('#lib/kube/proxy-for.ts')
  const cluster = config.getCurrentCluster()
  const proxyUrl = cluster?.proxyUrl || proxyFor(new URL(cluster?.server ?? ''), environment)
  const client = createKubeClient(config, { cluster: GLOBAL_CLUSTER, proxyUrl })
  const way = proxyUrl ? ` through the proxy ${new URL(proxyUrl).host}` : ''
  terminal.debug(`global cluster: ${client.server}${way}`)
  try {
    return await work(client)
  } catch (error) {
    if (error instanceof NotFoundError && !(await hasPluginKinds(client)))
      throw new Error(
        `${client.server} knows no plugins: it is no platform's global cluster, or its definitions (crds/) are not applied.`,
        { cause: error },
      )
    if (error instanceof UnauthorizedError)
      throw new UnauthorizedError(`${client.server} does not accept these credentials`, error)
    if (error instanceof UnavailableError && way !== '')
      throw new UnavailableError(`${error.message}${way}`, error)
    throw error
  } finally {
    await client.close()
  }
}

async function hasPluginKinds(client: KubeClient): Promise<boolean> {
  return client.getPath(`/apis/${MODULE_PLUGIN.group}/${MODULE_PLUGIN.version}`).then(
    () => true,
    (error: unknown) => !(error instanceof NotFoundError),
  )
}

async function configOf(
  address: string,
  options: Call<typeof PLATFORM_OPTIONS>['options'],
): Promise<KubeConfig> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError('--platform-address is not an http(s) address, such as https://platform.example.')
  if (url.username !== '' || url.password !== '')
    throw new UsageError('--platform-address must not hold a name or password: they have flags of their own.')
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    throw new UsageError('Credentials are sent over https only: --platform-address begins with http.')
  const { parseKubeconfig, publicAddress } = await import('#lib/kube/load-config.ts')
  const base = publicAddress(address).replace(new RegExp(`/kubernetes/${GLOBAL_CLUSTER}$`), '')
  const ca = options['platform-ca']
  const kubeconfig = {
    clusters: [
      {
        name: GLOBAL_CLUSTER,
        cluster: {
          server: `${base}/kubernetes/${GLOBAL_CLUSTER}`,
          'insecure-skip-tls-verify': options['insecure-skip-tls-verify'],
          ...(ca !== undefined && {
            'certificate-authority-data': Buffer.from(await readCa('platform-ca', ca)).toString('base64'),
          }),
        },
      },
    ],
    users: [{ name: 'violet', user: credentialsOf(options) }],
    contexts: [{ name: 'violet', context: { cluster: GLOBAL_CLUSTER, user: 'violet' } }],
    'current-context': 'violet',
  }
  return parseKubeconfig(JSON.stringify(kubeconfig), process.cwd())
}

function credentialsOf(options: Call<typeof PLATFORM_OPTIONS>['options']): Record<string, string> {
  const { 'platform-token': token, 'platform-username': username, 'platform-password': password } = options
  if (token !== undefined && token !== '') return { token }
  if (username !== undefined && password !== undefined) return { username, password }
  throw new UsageError(
    'Who asks? --platform-address needs a token ($VIOLET_PLATFORM_TOKEN or --platform-token-stdin), ' +
      'or --platform-username and a password ($VIOLET_PLATFORM_PASSWORD or --platform-password-stdin).',
  )
}
