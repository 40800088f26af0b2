import { badRequest } from '../api-error.ts'

export interface FieldRequirement {
  readonly field: string
  readonly equal: boolean
  readonly value: string
}
export type FieldSelector = readonly FieldRequirement[]

/**
 * Parses `metadata.name=x,status.phase!=Running`; `\\`, `\,` and `\=` stand for themselves.
 * @throws ApiError 400 when a part has no operator
 */
export function parseFieldSelector(text: string): FieldSelector {
  return (text.match(/(?:\\.|[^,\\])+/gs) ?? []).flatMap((part) => {
    if (part.trim() === '') return []
    const found = /^((?:\\.|[^=!\\])+)(==|=|!=)(.*)$/s.exec(part)
    if (found === null) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`)
    const [, field = '', sign, value = ''] = found
    return [{ field: field.trim(), equal: sign !== '!=', value: value.replaceAll(/\\(.)/gs, '$1') }]
  })
}

/** Whether the object's selectable fields satisfy the selector. */
export function matchesFields(
  selector: FieldSelector,
  fieldValue: (field: string) => string | undefined,
): boolean {
  return selector.every(({ field, equal, value }) => ((fieldValue(field) ?? '') === value) === equal)
}
