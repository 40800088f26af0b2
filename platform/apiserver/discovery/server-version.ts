import type { JsonObject } from '#lib/kinds/object.ts'

/** The Kubernetes version whose behaviour this server follows. */
export const SERVER_VERSION: JsonObject = {
  major: '1',
  minor: '35',
  gitVersion: 'v1.35.4+embedded',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2025-11-11T00:00:00Z',
  goVersion: '',
  compiler: 'node',
  platform: `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
}
