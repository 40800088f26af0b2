import type { FieldProblem } from '#lib/contract/problem.ts'
import { choiceProblems } from '#lib/domain/cross-cluster-choice.ts'
import { formatPath } from '#lib/domain/form/form-path.ts'
import type { World } from '#lib/domain/world.ts'
import type { JsonObject } from '#lib/kinds/object.ts'

/**
 * What is wrong with the clusters that a configuration chooses to serve other plugins, at the field of each.
 * @param current the installation's configuration before, when it is changed: only new choices are judged
 */
export function choiceErrors(world: World, config: JsonObject, current?: JsonObject): FieldProblem[] {
  return choiceProblems(world, config, current).map(({ plugin, reason }) => ({
    path: `config.${formatPath(['crossClusterDependency', plugin])}`,
    code: reason.code,
    detail:
      reason.code === 'cluster-unknown' ? 'There is no such cluster' : `${plugin} is not installed there`,
    reason,
  }))
}
