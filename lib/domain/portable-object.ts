import type { KubeObject } from '#lib/kinds/object.ts'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** An object without what only its own cluster knows of it: as it could be applied to another. */
export function portableObject({ apiVersion, kind, metadata, ...rest }: KubeObject): object {
  const { name, namespace, labels, annotations } = metadata
  const kept = Object.entries(annotations ?? {}).filter(([key]) => key !== LAST_APPLIED)
  const body = Object.entries(rest).filter(([key]) => key !== 'status')
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(labels !== undefined && { labels }),
      ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
    },
    ...Object.fromEntries(body),
  }
}
