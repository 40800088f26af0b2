import type { OptionTable } from './option.ts'

/** Which platform, and who asks. */
export const PLATFORM_OPTIONS = {
  'platform-address': {
    type: 'string',
    value: 'URL',
    environment: 'VIOLET_PLATFORM_ADDRESS',
    summary: "The platform's address, or this console's; plugins are published on its global cluster",
  },
  'platform-token': {
    type: 'string',
    value: 'TOKEN',
    secret: true,
    environment: 'VIOLET_PLATFORM_TOKEN',
    summary: 'API token of the platform',
  },
  'platform-token-stdin': { type: 'boolean', summary: 'Read the token from standard input' },
  'platform-username': {
    type: 'string',
    value: 'NAME',
    environment: 'VIOLET_PLATFORM_USERNAME',
    summary: 'Who asks, where the platform takes names and passwords (HTTP basic authentication)',
  },
  'platform-password': {
    type: 'string',
    value: 'PASSWORD',
    secret: true,
    environment: 'VIOLET_PLATFORM_PASSWORD',
    summary: 'The password of that name',
  },
  'platform-password-stdin': { type: 'boolean', summary: 'Read the password from standard input' },
  'platform-ca': {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    environment: 'VIOLET_PLATFORM_CA',
    summary: "CA of the platform's certificate, PEM",
  },
  'insecure-skip-tls-verify': {
    type: 'boolean',
    summary: "Trust whatever certificate the platform's address shows",
  },
  kubeconfig: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    summary:
      'Instead of an address: the current context of this kubeconfig is the global cluster ($KUBECONFIG, else ~/.kube/config)',
  },
} as const satisfies OptionTable
