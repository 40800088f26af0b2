import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CLUSTER_OPTIONS, CLUSTER_USAGE } from '#lib/kube/cluster-settings.ts'
import type { ClusterSettings } from '#lib/kube/cluster-registry.ts'
import { clusterSettings } from '#lib/server/environment.ts'
import { StartupError } from '#lib/server/startup-error.ts'

export const USAGE = `npm start [-- OPTIONS]

  --port N             port of the console on 127.0.0.1; 0 takes a free one (default 3000, or $PORT)
  --data DIR           where the embedded platform keeps its data (default .data, or $DATA_DIR)
  --fresh              start with empty data
  --kubeconfig [FILE]  serve that cluster instead of the embedded platform; without FILE the usual
                       default files ($KUBECONFIG, else ~/.kube/config)

Beside --kubeconfig, which further clusters there are and how they are reached:

${CLUSTER_USAGE}

  --help`

type Variables = Readonly<Record<string, string | undefined>>

export interface StartArguments {
  port: number
  dataDir: string
  fresh: boolean
  /** Serve this cluster instead of the embedded one; without a file, the usual default files. */
  kubeconfig: { file: string | undefined } | undefined
  /** Which clusters that one leads to; nothing for the embedded platform, which knows its own. */
  clusters: ClusterSettings
  help: boolean
}

/**
 * Reads the command line of `npm start`; PORT and DATA_DIR stand in for absent flags.
 * @throws StartupError for whatever it doesn't understand
 */
export function parseStartArguments(args: readonly string[], env: Variables): StartArguments {
  const { values } = parse(withOptionalFile(args))
  if (values.kubeconfig !== undefined && values.fresh)
    throw new StartupError('--fresh is for the embedded platform, which --kubeconfig leaves out')
  const { kubeconfig, port, data, fresh, help, ...flags } = values
  const [stray] = kubeconfig === undefined ? Object.keys(flags) : []
  if (stray !== undefined)
    throw new StartupError(`--${stray} needs --kubeconfig: the embedded platform knows its own clusters`)
  return {
    port: portOf(port ?? (env['PORT'] || '3000')),
    dataDir: resolve(data ?? (env['DATA_DIR'] || '.data')),
    fresh: fresh ?? false,
    kubeconfig:
      kubeconfig === undefined ? undefined : { file: kubeconfig === '' ? undefined : resolve(kubeconfig) },
    clusters: kubeconfig === undefined ? {} : clusterSettings(env, flags),
    help: help ?? false,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        fresh: { type: 'boolean' },
        kubeconfig: { type: 'string' },
        ...CLUSTER_OPTIONS,
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/\. To |\n/, 1)[0] : String(error)
    throw new StartupError(`${reason}; see npm start -- --help`)
  }
}

/** parseArgs knows no optional values: a `--kubeconfig` without one gets an empty one. */
function withOptionalFile(args: readonly string[]): string[] {
  return args.map((argument, index) => {
    const next = args[index + 1]
    return argument === '--kubeconfig' && (next === undefined || next.startsWith('-'))
      ? '--kubeconfig='
      : argument
  })
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new StartupError(`the port must be a whole number from 0 to 65535, not '${text}'`)
  return port
}
