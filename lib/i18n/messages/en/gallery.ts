import type { MessageTree } from '../tree.ts'

/** The gallery of form controls (development). */
export const gallery = {
  title: 'Form gallery',
  intro: 'What each piece of the form language becomes. Only for development.',
  tabs: 'Parts of the gallery',
  capabilities: 'Capabilities',
  searchLabel: 'Search capabilities',
  nothing: 'No capability matches.',
  playground: 'Playground',
  playgroundIntro: 'Any descriptors and configuration, as the form that a plugin would have with them.',
  descriptors: 'Descriptors',
  config: 'Configuration',
  control: 'Control',
  value: 'Value',
  withoutDescriptors: 'No descriptors; the configuration:',
  contents: 'Contents',
  notList: 'It must be a list of descriptors.',
  notObject: 'It must be an object.',
  startOver: 'Start over',
  check: 'Check',
  fine: 'Nothing is wrong.',
} satisfies MessageTree
