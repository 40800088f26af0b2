import type { Command, DocumentField } from './command.ts'
import { EXIT_MEANINGS } from './exit-code.ts'
import { ERROR_DOCUMENT } from './failure.ts'
import { explanationOf, flagOf, usageOf } from './help-text.ts'
import { COMMON_OPTIONS, type OptionTable } from './option.ts'

/** `docs/violet.md`: the commands as Markdown, from the same definitions as `--help`. */
export function referencePage(commands: readonly Command[]): string {
  return [
    '# violet',
    '',
    '<!-- Written by `npm run docs:violet`; a test keeps it true. -->',
    '',
    'Builds, checks and publishes packages of cluster plugins. `npx violet …` in a checkout, or `node violet.mjs …` with the one',
    'file that `npm run build:violet` makes (Node 22.19 or newer, nothing else). `violet --version` tells its version.',
    '',
    '```sh',
    'violet create web-cli --artifact examples/web-cli/v4.0.5/chart \\',
    '  --module-plugin examples/web-cli/v4.0.5/module-plugin.yaml',
    'violet package web-cli',
    'violet show web-cli.tgz',
    'violet push web-cli.tgz --kubeconfig .data/platform/kubeconfig',
    '```',
    '',
    '| command | what it does |',
    '| --- | --- |',
    ...commands.map(({ name, summary }) => `| [\`${name}\`](#violet-${name}) | ${cell(summary)} |`),
    '',
    '## Flags of every command',
    '',
    ...optionTable(COMMON_OPTIONS),
    '',
    '## Exit codes',
    '',
    '| code | meaning |',
    '| --- | --- |',
    ...Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `| ${code} | ${cell(meaning)} |`),
    '',
    '## What programs read',
    '',
    'With `--output json`, standard output is one document and nothing else; what is said to people goes to standard error. Each',
    "command's document stands below; names and meanings stay, new ones may be added. A command that fails before it has a",
    'result writes:',
    '',
    ...documentTable(ERROR_DOCUMENT),
    '',
    '## Passwords and tokens',
    '',
    'Each has a variable and a flag `--…-stdin` beside it, which asks, without showing what is typed, where standard input is a',
    'terminal. The flags that take them as arguments work, and warn: other people on the machine can list the arguments of',
    'processes. They are never written to output, logs or files.',
    '',
    '## Proxies',
    '',
    '`HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` hold for platform and registry as they do for kubectl and skopeo; loopback addresses',
    "are always direct. A kubeconfig's `proxy-url` wins.",
    '',
    '## Variables of the console that count here, too',
    '',
    '`PACKAGE_VERIFICATION` and `PACKAGE_KEYRING_FILES` (comma-separated) say what counts as verified, `REGISTRY_ADDRESS` with',
    '`REGISTRY_USERNAME`, `REGISTRY_PASSWORD` or `REGISTRY_PASSWORD_FILE`, `REGISTRY_CA_FILE` and `REGISTRY_PLAIN` where artifacts go, and',
    '`PACKAGE_LIMIT_…` how much of anything a package may hold, such as `PACKAGE_LIMIT_UNPACKED_BYTES`. Flags win over them.',
    '',
    ...commands.flatMap(sectionOf),
  ].join('\n')
}

function sectionOf(command: Command): string[] {
  const { name, summary, description, operands, options, document, examples } = command
  return [
    `## violet ${name}`,
    '',
    `${summary}.`,
    '',
    '```',
    usageOf(command),
    '```',
    ...description.flatMap((paragraph) => ['', paragraph]),
    '',
    ...operands.map((operand) => `- \`${operand.name}\`: ${operand.summary}`),
    ...(operands.length > 0 ? [''] : []),
    ...(Object.keys(options).length > 0 ? [...optionTable(options), ''] : []),
    'With `--output json`:',
    '',
    ...documentTable(document),
    '',
    '```sh',
    ...examples.flatMap(({ comment, command: line }) => [`# ${comment}`, line]),
    '```',
    '',
  ]
}

function documentTable(document: readonly DocumentField[]): string[] {
  return [
    '| field | meaning |',
    '| --- | --- |',
    ...document.map(([path, meaning]) => `| \`${path}\` | ${cell(meaning)} |`),
  ]
}

function optionTable(options: OptionTable): string[] {
  return [
    '| flag | meaning |',
    '| --- | --- |',
    ...Object.entries(options).map(
      ([name, option]) => `| \`${flagOf(name, option)}\` | ${cell(explanationOf(option))} |`,
    ),
  ]
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('<', '&lt;')
}
