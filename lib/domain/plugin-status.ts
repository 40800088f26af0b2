/** What a plugin's status means on the console, per plugin and cluster. */
export const PLUGIN_STATUSES = [
  'Uninstalling',
  'Failed',
  'Upgrading',
  'Installing',
  'Updating',
  'Degraded',
  'Running',
  'Unknown',
  'Ready',
  'Preparing',
  'Incompatible',
  'Absent',
] as const

export type PluginStatus = (typeof PLUGIN_STATUSES)[number]
