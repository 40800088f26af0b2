import { defineCommand } from '../command.ts'
import { withPlatform } from '../connect-platform.ts'
import { packageFiles } from '../open-package.ts'
import { PUSH_OPTIONS } from '../push-options.ts'
import { UsageError } from '../usage-error.ts'

export const PUSH = defineCommand({
  name: 'push',
  summary: 'Publish a package, or all packages of a folder',
  description: [
    'Reads all of the package, pushes its artifacts to the registry, and makes its objects on the platform: ModulePlugin, ModuleConfig, Artifact, ArtifactVersion. The version is offered for installation only when its artifacts are all there. What is there already is left alone: a push that was cut off is completed by the same command.',
    'Artifacts go to --dest-repo, else to the registry that the platform names; where nobody names one they are not pushed, and that is said. A version that stands with other content is refused unless --replace says otherwise.',
    'The platform is found by --platform-address with a token, or by a kubeconfig. --platform-address takes the address of this console, too.',
  ],
  operands: [{ name: 'PKG', summary: 'A package file (.tgz), or a folder of them', completes: 'file' }],
  options: PUSH_OPTIONS,
  examples: [
    { comment: 'To the platform that kubectl talks to', command: 'violet push web-cli.tgz' },
    { comment: 'What would that change?', command: 'violet push web-cli.tgz --dry-run' },
    {
      comment: 'A folder of packages, with a token',
      command:
        'violet push packages --platform-address https://platform.example --platform-token-stdin < token',
    },
    {
      comment: 'To a registry of your own, first the artifacts, later the objects',
      command:
        'violet push web-cli.tgz --dest-repo registry.example/plugins --username robot --password-stdin --skip-crs < password',
    },
    { comment: 'and then', command: 'violet push web-cli.tgz --skip-push' },
  ],
  async run(call) {
    const { operands, options, terminal, signal } = call
    const [path = ''] = operands
    if (options['skip-crs'] && options['skip-push'])
      throw new UsageError('--skip-crs and --skip-push together leave nothing to do.')
    if (options.clusters !== undefined) terminal.warn('--clusters is ignored for plugins')
    const files = await packageFiles(path)
    const { pushAll } = await import('../push-all.ts')
    const asksPlatform = !options['skip-crs'] || (!options['skip-push'] && options['dest-repo'] === undefined)
    if (!asksPlatform) return pushAll(files, call, null, signal)
    return withPlatform(call, (client) => pushAll(files, call, client, signal))
  },
})
