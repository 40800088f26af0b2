import { CHOICE_ROWS } from './choice-rows.ts'
import type { GalleryRow } from './gallery-row.ts'
import { KUBERNETES_ROWS } from './kubernetes-rows.ts'
import { STATUS_ROWS } from './status-rows.ts'
import { STRUCTURE_ROWS } from './structure-rows.ts'
import { TEXT_ROWS } from './text-rows.ts'

/** Every capability of the form language, each with an example. */
export const GALLERY_ROWS: readonly GalleryRow[] = [
  ...TEXT_ROWS,
  ...CHOICE_ROWS,
  ...STRUCTURE_ROWS,
  ...KUBERNETES_ROWS,
  ...STATUS_ROWS,
]

/** The rows whose name, text or capabilities contain what is searched for; all of them for an empty search. */
export function galleryRowsFor(search: string): readonly GalleryRow[] {
  const wanted = search.trim().toLowerCase()
  return GALLERY_ROWS.filter(({ id, title, shows }) =>
    [id, title, ...shows].some((text) => text.toLowerCase().includes(wanted)),
  )
}
