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
  document: [
    ['dryRun', 'Whether nothing was changed'],
    ['packages[].file', "The file's name"],
    ['packages[].plugin', 'What it publishes'],
    ['packages[].version', 'Its version'],
    ['packages[].changed', 'Whether anything was changed, or would be; false where all of it stands already'],
    [
      'packages[].verification.checksum',
      'ok, failed, none; verification is null where nothing was beside it, or with policy off',
    ],
    ['packages[].verification.signature', 'ok, failed, unknown-key, none'],
    ['packages[].verification.signer', 'Whose signature it is; absent where nobody knows'],
    ['packages[].artifacts[].repository', 'artifacts is null where they are not pushed'],
    ['packages[].artifacts[].tag', 'Its tag'],
    ['packages[].artifacts[].change', 'pushed or unchanged'],
    [
      'packages[].artifacts[].digest',
      'Not with --dry-run: of its manifest; null where only the registry holds it',
    ],
    ['packages[].artifacts[].standing', 'With --dry-run: digest that --replace would replace, else null'],
    ['packages[].objects[].kind', 'objects is null with --skip-crs'],
    ['packages[].objects[].name', 'Its name'],
    ['packages[].objects[].change', 'created, updated or unchanged'],
    ['packages[].objects[].differences[]', 'With --dry-run: fields that --replace would change'],
    ['packages[].warnings[]', 'What is odd, a sentence each'],
    [
      'packages[].error.code',
      'Instead of all but file, of a package in a folder that could not be published',
    ],
    ['packages[].error.message', 'What failed, and why'],
    ['packages[].error.advice', 'What to do about it, or null'],
  ],
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
