import { stringify } from 'yaml'
import { portableObject } from '#lib/domain/portable-object.ts'
import { publishedVersion } from '#lib/domain/world.ts'
import { MODULE_CONFIG } from '#lib/kinds/module-config.ts'
import { MODULE_PLUGIN } from '#lib/kinds/module-plugin.ts'
import type { ServiceContext } from './context.ts'
import { kubeCall } from './kube-call.ts'
import { globalClient } from './live-installation.ts'
import { modelOf, requirePlugin } from './model.ts'
import { NotFoundError } from './service-error.ts'

/**
 * The ModulePlugin and a version's ModuleConfig as YAML, as they stand now, without what only this platform knows.
 * @throws NotFoundError; ServiceError what the cluster says
 */
export async function exportVersion(
  ctx: ServiceContext,
  { plugin, version }: { plugin: string; version: string },
): Promise<string> {
  const model = modelOf(ctx)
  requirePlugin(model, plugin)
  const facts = model.world.plugins.get(plugin)
  const published = publishedVersion(facts, version)
  if (published === undefined) throw new NotFoundError('This version has not been published')
  const client = globalClient(ctx)
  const { signal } = ctx
  const objects = await kubeCall(() =>
    Promise.all([
      ...(facts?.modulePlugin === undefined
        ? []
        : [client.get(MODULE_PLUGIN, facts.modulePlugin.metadata.name, { signal })]),
      client.get(MODULE_CONFIG, published.moduleConfig.metadata.name, { signal }),
    ]),
  )
  return objects
    .map((object) => stringify(portableObject(object), { lineWidth: 0, aliasDuplicateObjects: false }))
    .join('---\n')
}
