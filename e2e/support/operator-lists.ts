import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import type { JsonObject } from '#lib/kinds/object.ts'
import type { Descriptor } from '#lib/kinds/plugin-spec.ts'

export interface OperatorList {
  name: string
  config?: JsonObject
  descriptors: Descriptor[]
}

const FOLDER = resolve(import.meta.dirname, '../../lib/domain/form/testing/operators')

/** The descriptor lists in the shape in which operators publish theirs. */
export function operatorLists(): OperatorList[] {
  return globSync('*.yaml', { cwd: FOLDER })
    .toSorted()
    .flatMap((file) => parse(readFileSync(join(FOLDER, file), 'utf8')) as OperatorList[])
}
