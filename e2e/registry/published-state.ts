import { pullWithSkopeo } from '#e2e/support/skopeo.ts'
import { ARTIFACT, ARTIFACT_VERSION } from '#lib/kinds/artifact.ts'
import { PLATFORM_NAMESPACE } from '#lib/kinds/labels.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { KubeObject, Resource } from '#lib/kinds/object.ts'
import { NotFoundError } from '#lib/kube/kube-error.ts'
import { readKeptContents } from '#lib/packages/kept-contents.ts'
import { UPLOAD_ANNOTATION } from '#lib/packages/upload-record.ts'
import { USER, type PublishStage } from './stage.ts'

const PLACE = { namespace: PLATFORM_NAMESPACE }

/** An object of the stage's cluster; null when there is none. */
export async function liveObject<T extends KubeObject>(
  stage: PublishStage,
  resource: Resource<T>,
  name: string,
): Promise<T | null> {
  return stage.client.get(resource, name, resource.namespaced ? PLACE : {}).catch((error: unknown) => {
    if (error instanceof NotFoundError) return null
    throw error
  })
}

/**
 * All that is known of a published plugin, in cluster and registry, without what differs by time and by name.
 * @param images `repository:tag`, each is pulled
 */
export async function publishedState(
  stage: PublishStage,
  name: string,
  version: string,
  images: readonly string[],
): Promise<string> {
  const objects = await Promise.all([
    liveObject(stage, MODULE_PLUGIN, name),
    liveObject(stage, MODULE_CONFIG, `${name}-${version}`),
    liveObject(stage, ARTIFACT, name),
    liveObject(stage, ARTIFACT_VERSION, `${name}.${version}`),
  ])
  const plain = objects.map((object) => {
    const { labels, annotations = {}, ownerReferences } = object?.metadata ?? {}
    const owners = ownerReferences?.map(({ kind }) => kind)
    const lasting = Object.entries(annotations)
      .filter(([key]) => !/uploaded-at|sha256|size/.test(key))
      // Compressed, the name in it could not be told from the rest.
      .map(([key, value]) => [key, key === UPLOAD_ANNOTATION.contents ? readKeptContents(value) : value])
    return { ...object, metadata: { labels, annotations: lasting, owners } }
  })
  const pulled = []
  for (const image of images) {
    const { blobs } = await pullWithSkopeo(stage.registry, image, USER)
    pulled.push(blobs.length)
  }
  return JSON.stringify({ plain, pulled }).replaceAll(name, 'NAME').replaceAll(stage.registry.host, 'HOST')
}
