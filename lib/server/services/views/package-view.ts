import type { PackageVersionView, PackageView } from '#lib/contract/package.ts'
import { cleanLine, cleanText } from '#lib/domain/clean-text.ts'
import { displayNameOf } from '#lib/domain/local-text.ts'
import { compareVersions } from '#lib/domain/semver.ts'
import type { PluginFacts } from '#lib/domain/world.ts'
import type { ArtifactVersion } from '#lib/kinds/artifact.ts'
import { ANNOTATION } from '#lib/kinds/labels.ts'
import { recordedVersion } from '#lib/packages/recorded-version.ts'
import { UPLOAD_ANNOTATION } from '#lib/packages/upload-record.ts'
import { parseVerdict } from '#lib/packages/verify/verdict.ts'
import type { PlatformSnapshot } from '../platform-snapshot.ts'
import { pluginLogoPath } from './plugin-logo.ts'
import { spokesman, summaryOf } from './plugin-summary.ts'
import { installedOn } from './plugin-version-view.ts'

function versionView(
  model: PlatformSnapshot,
  plugin: PluginFacts,
  version: string,
  record: ArtifactVersion | undefined,
): PackageVersionView {
  const published = plugin.versions.find((item) => item.version === version)
  const annotations = record?.metadata.annotations ?? {}
  const size = Number(annotations[UPLOAD_ANNOTATION.size] ?? Number.NaN)
  const text = (key: string): string | null => {
    const value = annotations[key]
    return value === undefined ? null : cleanLine(value, 300)
  }
  return {
    version,
    phase: record?.status?.phase ?? '',
    reason: cleanLine(record?.status?.reason ?? '', 200),
    message: cleanText(record?.status?.message ?? '', 2000),
    readyForDeploy: published?.ready === true,
    uploadedAt: text(UPLOAD_ANNOTATION.uploadedAt) ?? record?.metadata.creationTimestamp ?? null,
    uploadedBy: text(UPLOAD_ANNOTATION.uploadedBy),
    source: text(UPLOAD_ANNOTATION.fileName),
    size: Number.isSafeInteger(size) ? size : null,
    sha256: text(UPLOAD_ANNOTATION.sha256),
    verification: parseVerdict(annotations[UPLOAD_ANNOTATION.verification]) ?? null,
    isPublished: published !== undefined,
    installedOn: installedOn(model, plugin.name, version),
  }
}

/** A plugin as the Upload Packages page shows it. */
export function packageView(
  model: PlatformSnapshot,
  plugin: PluginFacts,
  records: readonly ArtifactVersion[],
): PackageView {
  const byVersion = new Map(records.map((record) => [recordedVersion(record), record]))
  const versions = new Set([...plugin.versions.map(({ version }) => version), ...byVersion.keys()])
  const object = spokesman(plugin)
  return {
    plugin: plugin.name,
    displayName: displayNameOf(object, plugin.name),
    logo: pluginLogoPath(plugin),
    builtIn: object?.metadata.annotations?.[ANNOTATION.builtIn] === 'true',
    absent: versions.size === 0,
    versions: [...versions]
      .sort((a, b) => compareVersions(b, a))
      .map((version) => versionView(model, plugin, version, byVersion.get(version))),
    problems: [...(summaryOf(model, plugin.name)?.problems ?? [])],
  }
}
