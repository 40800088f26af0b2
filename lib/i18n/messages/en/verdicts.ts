import type { UploadVerdict } from '#lib/contract/package.ts'

type Params = Readonly<Record<string, string>>

/** ` (res/resources.yaml)`, where the place inside the package is known. */
const at = ({ entry = '' }: Params) => (entry === '' ? '' : ` (${entry})`)

/** What came with it says more than its kind. */
const exactly =
  (kind: string) =>
  ({ detail = '' }: Params) =>
    detail === '' ? kind : detail

/** What a step of an upload says. A refusal's English detail, where there is more to say, stands in its place. */
export const verdicts = {
  received: () => 'Received.',
  verified: ({ checksum, signature, signer = '' }) => {
    const sums: Record<string, string> = { ok: 'Checksum matches', failed: 'Checksum does not match' }
    const signatures: Record<string, string> = {
      ok: `signed by ${signer}`,
      failed: 'signature is not good',
      'unknown-key': 'signed by an unknown key',
    }
    const said = [sums[checksum ?? ''], signatures[signature ?? '']].filter((part) => part !== undefined)
    return said.length === 0 ? 'Neither checksum nor signature came with it' : said.join(', ')
  },
  'not-checked': () => 'Checksums and signatures are not looked at here',
  found: ({ plugin, version, artifacts, scripts }) =>
    `${plugin} ${version}, ${artifacts} ${artifacts === '1' ? 'artifact' : 'artifacts'}${scripts === '0' ? '' : `, ${scripts} ${scripts === '1' ? 'script' : 'scripts'}, never run`}`,
  'no-artifacts': () => 'The package lists no artifacts',
  'not-pushed': ({ artifacts }) =>
    `No registry is configured: ${artifacts} ${artifacts === '1' ? 'artifact was' : 'artifacts were'} not pushed`,
  'asking-registry': ({ registry }) => `Asking ${registry}`,
  'push-waits': ({ detail }) => `${detail}; trying again`,
  pushing: ({ artifacts, registry }) =>
    `Pushing ${artifacts} ${artifacts === '1' ? 'artifact' : 'artifacts'} to ${registry}`,
  pushed: ({ artifacts, registry }) =>
    `${artifacts} ${artifacts === '1' ? 'artifact is' : 'artifacts are'} in ${registry}`,
  checking: () => 'Checking against what is published',
  writing: () => 'Writing objects',
  published: ({ objects }) => `Published: ${objects}`,
  unchanged: ({ plugin, version }) => `${plugin} ${version} stood already, just so`,
  'cut-off': () => 'It was cut off',
  'no-space': () => 'The console’s disk is full',
  'not-gzip': () => 'This is not a gzip file',
  truncated: () => 'The file ends too early',
  corrupt: () => 'The file is damaged',
  'too-large': () => 'The file is too large',
  'unpacked-too-large': () => 'Its contents are too large',
  'compression-ratio': () => 'It unpacks to far more than a package would',
  'too-many-entries': () => 'It holds too many files',
  'entry-path': (p) => `A file’s path leads out of the package${at(p)}`,
  'entry-path-too-long': (p) => `A file’s path is too long${at(p)}`,
  'entry-path-too-deep': (p) => `A file lies too deep${at(p)}`,
  'entry-type': (p) => `It holds a link or a device, which packages may not${at(p)}`,
  'duplicate-entry': (p) => `It holds the same file twice${at(p)}`,
  'file-too-large': (p) => `A file in it is too large${at(p)}`,
  'manifests-too-large': () => 'The descriptions of its artifacts are too large',
  'charts-too-large': () => 'The texts of its charts are too large',
  timeout: () => 'It took too long',
  'yaml-invalid': (p) => `A file is not valid YAML${at(p)}`,
  'yaml-expansion': (p) => `The YAML unfolds to too much${at(p)}`,
  'yaml-tag': (p) => `The YAML uses tags, which packages may not${at(p)}`,
  'yaml-key': (p) => `The YAML has a key that is not allowed${at(p)}`,
  'yaml-too-deep': (p) => `The YAML is nested too deep${at(p)}`,
  'yaml-value': (p) => `The YAML has a value that is not allowed${at(p)}`,
  'resources-missing': () => 'It has no res/resources.yaml: this is not a plugin package',
  'plugin-missing': () => 'It describes no plugin',
  'plugin-ambiguous': () => 'It describes more than one plugin',
  'object-invalid': (p) => `An object in it is not valid${at(p)}`,
  'version-missing': () => 'The plugin’s version is missing',
  'version-invalid': () => 'The plugin’s version makes no sense',
  'text-invalid': (p) => `A text in it is not acceptable${at(p)}`,
  'logo-invalid': (p) => `The logo is not acceptable${at(p)}`,
  'artifacts-invalid': (p) => `The list of artifacts is not valid${at(p)}`,
  'too-many-artifacts': () => 'It lists too many artifacts',
  'artifact-ambiguous': (p) => `It can’t be told which artifact is meant${at(p)}`,
  'artifact-incomplete': (p) => `An artifact is not complete${at(p)}`,
  'digest-mismatch': (p) => `A file’s content does not match its digest${at(p)}`,
  'chart-invalid': (p) => `The main chart is not valid${at(p)}`,
  'verification-failed': () => 'Checksum or signature does not match the file',
  'not-verified': () => 'It carries no signature by a known key, which is required here',
  'artifact-absent': (p) => `An artifact is neither in the package nor in the registry${at(p)}`,
  'tag-conflict': (p) => `The registry holds an artifact under this name with other content${at(p)}`,
  'version-conflict': () => 'This version is published already, with other content',
  'registry-unreachable': exactly('The registry can’t be reached'),
  'registry-timeout': exactly('The registry did not answer in time'),
  'registry-certificate': exactly('The registry’s certificate is not trusted'),
  'registry-unauthorized': exactly('The registry does not accept these credentials'),
  'registry-forbidden': exactly('The registry does not allow this'),
  'registry-not-found': exactly('The registry does not know what it was asked for'),
  'registry-rate-limited': exactly('The registry is asked too often'),
  'registry-unavailable': exactly('The registry does not work at the moment'),
  'registry-refused': exactly('The registry refuses this'),
  'registry-invalid-answer': exactly('The registry’s answer makes no sense'),
  'registry-address-invalid': exactly('The registry’s address makes no sense'),
  'registry-credentials-unreadable': exactly('The registry’s credentials may not be read'),
} satisfies Record<UploadVerdict, (params: Params) => string>
