/**
 * Who may import whom: the one table behind the lint rule `rooms/imports`.
 * The longest matching folder decides which room a file is in; a room may always import itself.
 * `onlyIn` lists packages that a single room wraps for everybody else.
 */
export interface Room {
  /** Folder or file at the top level, without a trailing slash. */
  readonly path: string
  /** Rooms (paths) that files of this room may import. */
  readonly imports: readonly string[]
  /** Runs in a browser: Node built-ins are out of bounds. */
  readonly browser?: boolean
}

const KINDS = 'lib/kinds'
const DOMAIN = 'lib/domain'
const CONTRACT = 'lib/contract'
const KUBE = 'lib/kube'
const PACKAGES = 'lib/packages'
const I18N = 'lib/i18n'
const BROWSER = 'lib/browser'
const SERVICES = 'lib/server/services'
const HTTP = 'lib/server/http'
const SERVER = 'lib/server'
const UI = 'components/ui'
const FORM = 'components/form'
const SHELL = 'components/shell'

const FEATURE = [BROWSER, CONTRACT, DOMAIN, KINDS, I18N, UI, FORM, SHELL]
const PLATFORM = [KUBE, PACKAGES, DOMAIN, KINDS]

export const ROOMS: readonly Room[] = [
  { path: KINDS, imports: [] },
  { path: DOMAIN, imports: [KINDS] },
  { path: CONTRACT, imports: [DOMAIN, KINDS] },
  { path: I18N, imports: [CONTRACT, DOMAIN, KINDS], browser: true },
  { path: KUBE, imports: [KINDS] },
  { path: PACKAGES, imports: [KUBE, DOMAIN, KINDS] },
  { path: BROWSER, imports: [CONTRACT, DOMAIN, KINDS, I18N], browser: true },
  { path: SERVICES, imports: [KUBE, PACKAGES, CONTRACT, DOMAIN, KINDS] },
  { path: HTTP, imports: [CONTRACT, SERVICES, KUBE, PACKAGES, KINDS] },
  { path: SERVER, imports: [SERVICES, HTTP, KUBE, PACKAGES, CONTRACT, DOMAIN, KINDS] },
  // The stream's two ends, tested against each other.
  { path: 'lib/server/live-path.test.ts', imports: [BROWSER, HTTP, CONTRACT] },
  { path: UI, imports: [], browser: true },
  { path: FORM, imports: [UI, DOMAIN, I18N], browser: true },
  { path: SHELL, imports: [BROWSER, CONTRACT, DOMAIN, KINDS, I18N, UI], browser: true },
  { path: 'components', imports: FEATURE, browser: true },
  { path: 'app/api', imports: [SERVER, SERVICES, HTTP, CONTRACT] },
  {
    path: 'app',
    imports: ['components', SHELL, UI, FORM, BROWSER, I18N, CONTRACT, SERVER, SERVICES],
  },
  { path: 'server.ts', imports: [SERVER, SERVICES, HTTP, CONTRACT] },
  { path: 'platform/apiserver', imports: [KINDS] },
  { path: 'platform/controllers', imports: PLATFORM },
  // The process: it can play the delivery beside them.
  {
    path: 'platform/controllers/main.ts',
    imports: [...PLATFORM, 'platform/controllers', 'platform/delivery'],
  },
  { path: 'platform/delivery', imports: PLATFORM },
  { path: 'platform/seed', imports: PLATFORM },
  {
    path: 'platform',
    imports: [
      ...PLATFORM,
      'platform/apiserver',
      'platform/controllers',
      'platform/delivery',
      'platform/seed',
    ],
  },
  { path: 'cli', imports: [PACKAGES, KUBE, CONTRACT, DOMAIN, KINDS] },
  { path: 'e2e', imports: [KINDS, CONTRACT] },
  // What packages do to a real registry: the library itself, as cli and console use it.
  { path: 'e2e/registry', imports: ['e2e', CONTRACT, KUBE, PACKAGES, DOMAIN, KINDS] },
  // What publishing them does to API servers: the embedded one and a real one.
  { path: 'e2e/contract/publish', imports: ['e2e', KUBE, PACKAGES, DOMAIN, KINDS] },
]

/** Packages that one room alone may import; a trailing `/` stands for the whole scope. */
export const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  '@rjsf/': [FORM],
  '@kubernetes/client-node': [KUBE],
  '@base-ui/react': [UI],
  '@codemirror/': [UI],
  '@lezer/': [UI],
}
