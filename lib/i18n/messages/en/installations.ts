import type { MessageTree } from '../tree.ts'

/** The dialogs that install, upgrade, update and uninstall. */
export const installations = {
  title: {
    install: ({ plugin }: { plugin: string }) => `Install ${plugin}`,
    upgrade: ({ plugin }: { plugin: string }) => `Upgrade ${plugin}`,
    update: ({ plugin }: { plugin: string }) => `Update ${plugin}`,
    uninstall: ({ plugin }: { plugin: string }) => `Uninstall ${plugin}`,
  },
  onCluster: ({ cluster, version }: { cluster: string; version: string }) =>
    `On cluster ${cluster}${version === '' ? '' : `, version ${version}`}`,
  loading: 'Reading what is there now…',
  notInstalled: ({ cluster }: { cluster: string }) => `It is not installed on ${cluster}.`,
  targetCluster: 'Target cluster',
  pickCluster: 'Choose a cluster',
  clusterNeeded: 'Choose the cluster to install on.',
  version: 'Version',
  pickVersion: 'Choose a version',
  versionNotReady: 'Not ready to deploy yet',
  newest: 'Newest',
  cannotInstall: ({ cluster }: { cluster: string }) => `It can’t be installed on ${cluster}`,
  noParameters: 'This plugin has no parameters. It is installed at once.',
  whatIsCreated: 'What will be created',
  willBeCreated:
    'Exactly this object is created on the global cluster. The platform gives it its final name.',
  annotationsAdded: 'The console adds annotations that tell who asked for it, and why.',
  tabs: 'View',
  formTab: 'Parameters',
  yamlTab: 'YAML',
  yamlLabel: 'YAML of what will be sent',
  reason: 'Reason',
  reasonHint: 'Optional. Kept with the change, for whoever asks later.',
  install: 'Install',
  upgrade: 'Upgrade',
  update: 'Update',
  uninstall: 'Uninstall',
  formLoading: 'The form is still loading.',
  nothingChanged: 'Nothing has been changed yet.',
  hasChanged: 'Somebody changed this installation meanwhile',
  hasChangedText: 'Look at it as it is now: what you typed is kept and applied to it.',
  reload: 'Show it as it is now',
  upgradeTo: 'Upgrade to',
  fromVersion: ({ version }: { version: string }) => `Runs ${version} now.`,
  cannotUpgrade: 'It can’t be upgraded now',
  blocked: ({ version }: { version: string }) => `${version} can’t be taken now`,
  blockedShort: 'Blocked',
  risk: 'What the plugin says about this upgrade',
  uninstallText: ({ plugin, cluster }: { plugin: string; cluster: string }) =>
    `${plugin} and what it runs are removed from ${cluster}. This can’t be taken back once it has begun.`,
  uninstallRisk: 'What the plugin says about removing it',
  blocks: 'It can’t be removed now',
  neededBy: 'Others on this cluster need it',
  neededByText: 'They may stop working.',
  breaks: ({ version }: { version: string }) => `Others on this cluster don’t accept ${version}`,
  upgradeAnyway: 'Upgrade all the same',
  acceptFirst: 'Accept first that others may stop working.',
  checkAgain: 'Check again',
  checking: 'Checking what removing it would meet…',
  typeName: ({ name }: { name: string }) => `Type ${name} to confirm`,
  typeNameFirst: ({ name }: { name: string }) => `Type “${name}” first.`,
  toast: {
    install: ({ plugin, cluster }: { plugin: string; cluster: string }) =>
      `${plugin} is being installed on ${cluster}`,
    upgrade: ({ plugin, version }: { plugin: string; version: string }) =>
      `${plugin} is being upgraded to ${version}`,
    update: ({ plugin, cluster }: { plugin: string; cluster: string }) =>
      `New parameters of ${plugin} are being carried out on ${cluster}`,
    uninstall: ({ plugin, cluster }: { plugin: string; cluster: string }) =>
      `${plugin} is being removed from ${cluster}`,
    text: 'The page follows it by itself.',
    show: 'Show the plugin',
  },
} satisfies MessageTree
