import { z } from 'zod'
import { PACKAGE_FILTERS, type PackageQuery } from '#lib/contract/package.ts'
import type { ChangeRequest, InstallRequest, PluginQuery, UninstallRequest } from '#lib/contract/requests.ts'
import { PLUGIN_SORTS } from '#lib/contract/requests.ts'
import type { ResourceQuery } from '#lib/contract/resource.ts'
import type { PublishRequest, UploadRequest } from '#lib/contract/upload.ts'
import { parseLabelSelector } from '#lib/domain/label-selector.ts'
import { LIFECYCLES } from '#lib/domain/lifecycle.ts'
import { PLUGIN_STATUSES } from '#lib/domain/plugin-status.ts'
import type { JsonObject } from '#lib/kinds/object.ts'

const NAME = z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'not a name')
const VERSION = z.string().regex(/^[A-Za-z0-9][-A-Za-z0-9.+_]{0,127}$/, 'not a version')
const JSON_OBJECT: z.ZodType<JsonObject> = z.record(z.string(), z.json())
const LABELS = z.record(z.string().max(317), z.string().max(63))
const REASON = z.string().max(1000)

/** Parameters of paths below `/api/plugins/{plugin}`. */
export const PLUGIN_PATH = z.object({ plugin: NAME })
export const PLUGIN_VERSION_PATH = z.object({ plugin: NAME, version: VERSION })
export const CLUSTER_PATH = z.object({ cluster: NAME })
export const INSTALLATION_PATH = z.object({ cluster: NAME, plugin: NAME })

export const INSTALL_BODY: z.ZodType<InstallRequest> = z.strictObject({
  cluster: NAME,
  plugin: NAME,
  version: VERSION,
  config: JSON_OBJECT.optional(),
  valuesOverride: JSON_OBJECT.optional(),
  labels: LABELS.optional(),
  reason: REASON.optional(),
  dryRun: z.boolean().optional(),
})

export const CHANGE_BODY: z.ZodType<ChangeRequest> = z.strictObject({
  version: VERSION.optional(),
  config: JSON_OBJECT.optional(),
  valuesOverride: JSON_OBJECT.optional(),
  labels: LABELS.optional(),
  reason: REASON.optional(),
  resourceVersion: z.string().min(1).max(64),
  ignoreDependents: z.boolean().optional(),
  dryRun: z.boolean().optional(),
})

export const UNINSTALL_BODY: z.ZodType<UninstallRequest> = z.strictObject({
  resourceVersion: z.string().min(1).max(64).optional(),
  reason: REASON.optional(),
  ignoreDependents: z.boolean().optional(),
  dryRun: z.boolean().optional(),
})

/** Parameters of paths below `/api/uploads/{upload}`. */
export const UPLOAD_PATH = z.object({ upload: z.string().regex(/^[0-9a-f]{32}$/, 'not an upload') })

/** Characters; a sidecar of 256 KiB in Base64 fits. */
const SIDECAR = 360_000

export const UPLOAD_BODY: z.ZodType<UploadRequest> = z.strictObject({
  // Shown on pages and kept in annotations: a plain file name, no path, nothing invisible.
  fileName: z.string().regex(/^[^\p{C}/\\]{1,200}$/u, 'not a plain file name'),
  size: z.int().min(0),
  lastModified: z.int().min(0).optional(),
  checksum: z.string().max(SIDECAR).optional(),
  signature: z.base64().max(SIDECAR).optional(),
})

export const PUBLISH_BODY: z.ZodType<PublishRequest> = z.strictObject({ replace: z.boolean().optional() })

/** The one value of a parameter; a parameter that is given but empty counts as absent. */
function single<T>(schema: z.ZodType<T, string>) {
  return z.preprocess(
    (values) => (Array.isArray(values) && values.length === 1 ? values[0] || undefined : values),
    schema.optional(),
  )
}

/** The one value of a parameter that has to be there. */
function required<T>(schema: z.ZodType<T, string>) {
  return z.preprocess((values) => (Array.isArray(values) && values.length === 1 ? values[0] : values), schema)
}

/** Repeated or comma-separated values. */
function several<const T extends readonly string[]>(values: T) {
  return z.preprocess(
    (lists) => {
      const items = Array.isArray(lists) ? lists.flatMap((list) => String(list).split(',')) : []
      return items.filter((item) => item !== '')
    },
    z.array(z.enum(values)),
  )
}

function wholeNumber(maximum: number) {
  return z
    .string()
    .regex(/^[1-9]\d{0,8}$/, `expected a whole number from 1 to ${maximum}`)
    .transform(Number)
    .refine((value) => value <= maximum, `expected a whole number from 1 to ${maximum}`)
}

/** Query of `GET /api/plugins`, its parameters as lists of texts. */
export const PLUGIN_QUERY: z.ZodType<PluginQuery> = z.object({
  cluster: single(NAME),
  q: single(z.string().max(200)),
  status: several([...PLUGIN_STATUSES, 'Upgradable'] as const),
  lifecycle: several(LIFECYCLES),
  sort: single(z.enum(PLUGIN_SORTS)),
  page: single(wholeNumber(1_000_000)),
  pageSize: single(wholeNumber(200)),
})

/** Query of `GET /api/packages`. */
export const PACKAGE_QUERY: z.ZodType<PackageQuery> = z.object({
  q: single(z.string().max(200)),
  show: single(z.enum(PACKAGE_FILTERS)),
  page: single(wholeNumber(1_000_000)),
})

/** Query of `GET /api/clusters/{cluster}/resources`. */
export const RESOURCE_QUERY: z.ZodType<ResourceQuery> = z.object({
  kind: required(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,62}$/, 'not a kind')),
  group: single(z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'not an API group')),
  version: single(z.string().regex(/^v[a-z0-9]{1,40}$/, 'not an API version')),
  namespace: single(z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'not a namespace')),
  labelSelector: single(
    z.string().refine((text) => parseLabelSelector(text) !== null, 'not a label selector'),
  ),
  search: single(z.string().max(200)),
  limit: single(wholeNumber(500)),
  plugin: single(NAME),
})

/** Query of a logo: the hash of the rendition that is meant. */
export const LOGO_QUERY = z.object({ v: single(z.string().max(64)) })
