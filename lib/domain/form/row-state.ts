import { applyConditions, shownOf } from './apply-conditions.ts'
import type { Applied } from './apply-conditions.ts'
import { appliedAround, rowPlan } from './form-conditions.ts'
import type { FormControl, FormObject, FormValue, RowForm } from './form-model.ts'
import { formatPath, getAt, removeAt, setAt } from './form-path.ts'
import type { FormPath } from './form-path.ts'
import { isSameJson } from '../same-json.ts'

/** One row of a list, as it stands. */
export interface RowState {
  /** Concrete path of the row. */
  path: FormPath
  /** With concrete paths; ids are those of the row's form, which its layout speaks of, and unique in the row only. */
  controls: readonly FormControl[]
  /** Ids of the controls that are shown. */
  shown: ReadonlySet<string>
}

const MAX_ROUNDS = 24
const MAX_CACHED = 5000
const EMPTY: RowForm = { controls: [], layout: [] }

const placed = new WeakMap<RowForm, Map<string, readonly FormControl[]>>()

/** The row's controls with concrete paths; the same objects each time. */
function controlsIn(row: RowForm, place: FormPath): readonly FormControl[] {
  const key = formatPath(place)
  const known = placed.get(row) ?? new Map<string, readonly FormControl[]>()
  placed.set(row, known)
  const before = known.get(key)
  if (before !== undefined) return before
  const controls = row.controls.map((control) => ({
    ...control,
    path: [...place, ...control.path.slice(place.length)],
  }))
  if (known.size >= MAX_CACHED) known.clear()
  known.set(key, controls)
  return controls
}

function rowApplied(row: RowForm, config: FormObject, place: FormPath, outer: Applied | null): Applied {
  return applyConditions(rowPlan(row), config, place, outer)
}

/**
 * The rows of a list: their controls, and which of them are shown.
 * @param control of kind `rows`; its form must have been compiled, not copied together
 * @param config the whole configuration, as `resolveConfig` gives it
 * @param path the concrete path of this list; for rows within rows with the numbers of the outer rows
 */
export function rowStates(control: FormControl, config: FormObject, path: FormPath): RowState[] {
  const row = control.row ?? EMPTY
  const list = getAt(config, path)
  if (!Array.isArray(list)) return []
  const outer = appliedAround(row, config, path)
  return list.map((_, index): RowState => {
    const place = [...path, index]
    const shown = shownOf(rowApplied(row, config, place, outer))
    return { path: place, controls: controlsIn(row, place), shown: new Set(shown.map(({ id }) => id)) }
  })
}

/** Fills the defaults of the row's controls that are shown and that `isOpen` lets through, until nothing more shows. */
function withDefaults(
  row: RowForm,
  config: FormObject,
  place: FormPath,
  isOpen: (control: FormControl) => boolean,
): FormObject {
  let filled = config
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const outer = appliedAround(row, filled, place.slice(0, -1))
    const before = filled
    for (const control of shownOf(rowApplied(row, filled, place, outer))) {
      const path = [...place, ...control.path.slice(place.length)]
      if (control.fallback !== undefined && isOpen(control) && getAt(filled, path) === undefined)
        filled = setAt(filled, path, control.fallback)
    }
    if (filled === before) break
  }
  return filled
}

/**
 * What a row that is added at the end starts with: the defaults of its controls that are shown then.
 * @param path the concrete path of the list
 */
export function newRow(control: FormControl, config: FormObject, path: FormPath): FormValue {
  const list = getAt(config, path)
  const place = [...path, Array.isArray(list) ? list.length : 0]
  const row = control.row ?? EMPTY
  const with0 = setAt(config, place, {})
  return (
    getAt(
      withDefaults(row, with0, place, () => true),
      place,
    ) ?? {}
  )
}

/**
 * The list after one value in one of its rows was changed. Controls that come into sight get their defaults; what was
 * typed into those that are gone goes with them, unless the list had it so before.
 * @param path the concrete path of the list
 * @param index the row's number
 * @param field the concrete path of the value
 * @param value `undefined` takes it away
 * @param before the list as it was before the user changed anything
 */
export function editRow(
  control: FormControl,
  config: FormObject,
  change: {
    path: FormPath
    index: number
    field: FormPath
    value: FormValue | undefined
    before: FormValue | undefined
  },
): FormValue {
  const { path, index, field, value, before } = change
  const row = control.row ?? EMPTY
  const place = [...path, index]
  const shownIn = (whole: FormObject) =>
    new Set(shownOf(rowApplied(row, whole, place, appliedAround(row, whole, path))))
  const shown = shownIn(config)
  let next = value === undefined ? removeAt(config, field) : setAt(config, field, value)
  next = withDefaults(row, next, place, (one) => !shown.has(one))
  const still = shownIn(next)
  for (const gone of shown) {
    const inside = gone.path.slice(place.length)
    const typed = still.has(gone) ? undefined : getAt(next, [...place, ...inside])
    const wasThere = Array.isArray(before) && before.some((one) => isSameJson(getAt(one, inside), typed))
    if (typed !== undefined && !wasThere) next = removeAt(next, [...place, ...inside])
  }
  return getAt(next, path) ?? []
}
