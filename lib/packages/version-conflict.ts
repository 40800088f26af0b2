import { PackageError } from './package-error.ts'

/** The error that refuses a version which stands with other content. @param differences what differs */
export function conflict(plugin: string, version: string, differences: string[]): PackageError {
  const message = `${plugin} ${version} is published already with other content (${differences.join(', ')}). Give the package a new version, or replace the published one on purpose`
  return new PackageError('version-conflict', message, { differences })
}
