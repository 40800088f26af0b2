import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Descriptor } from '#lib/kinds/plugin-spec.ts'
import type { FormObject } from '../form-model.ts'

/** A descriptor list in the shape in which operators publish theirs. */
export interface OperatorList {
  name: string
  /** Below what heading it is kept: the file's name. */
  field: string
  /** Defaults, where the list is one of a plugin's. */
  config?: FormObject
  descriptors: Descriptor[]
  /** Capabilities in it that nobody knows, as they are written. */
  unknown?: string[]
}

const FOLDER = join(import.meta.dirname, 'operators')

/** All lists of `operators/*.yaml`. */
export function operatorLists(): OperatorList[] {
  return globSync('*.yaml', { cwd: FOLDER })
    .toSorted()
    .flatMap((file) => {
      const lists = parse(readFileSync(join(FOLDER, file), 'utf8')) as Omit<OperatorList, 'field'>[]
      return lists.map((list) => ({ ...list, field: file.replace(/\.yaml$/, '') }))
    })
}
