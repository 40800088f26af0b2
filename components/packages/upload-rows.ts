import { isEnded } from '#lib/contract/upload.ts'
import type { UploadState, UploadView } from '#lib/contract/upload.ts'
import type { SentFile } from './upload-sender.ts'

export type ShownState =
  | Exclude<UploadState, 'uploading'>
  | Exclude<SentFile['state'], 'sent'>
  | 'interrupted'
  | 'unread'
  | 'unpublished'

/** A file on the page: this tab's, the console's, or both. */
export interface UploadRow {
  key: string
  fileName: string
  /** Bytes. */
  size: number
  local: SentFile | null
  view: UploadView | null
  /**
   * `interrupted`: the console has a part of it and nobody sends. `unread`: it has all and could not read it.
   * `waiting`: to be sent, read or published. `unpublished`: publishing failed, and can be repeated.
   */
  state: ShownState
}

/**
 * What the page lists: this tab's files and, above, the reader's own uploads that are not over and belong to no file here.
 * @param views newest first
 * @returns newest last
 */
export function uploadRows(files: readonly SentFile[], views: readonly UploadView[]): UploadRow[] {
  const byId = new Map(views.map((view) => [view.id, view]))
  const linked = new Set(files.map(({ upload }) => upload))
  // The console may tell of an upload before it has answered who began it here.
  const begun = new Set(
    files.filter(({ upload }) => upload === null).map(({ chosen }) => sameness(chosen.file)),
  )
  const strays = views.filter((view) => {
    const { id, isMine, state, fileName: name, size, lastModified } = view
    const isBegun = state === 'uploading' && begun.has(sameness({ name, size, lastModified }))
    return isMine && !isEnded(state) && !linked.has(id) && !isBegun
  })
  return [
    ...strays.toReversed().map((view) => rowOf(null, view)),
    ...files.map((local) => rowOf(local, (local.upload === null ? null : byId.get(local.upload)) ?? null)),
  ]
}

function sameness({
  name,
  size,
  lastModified,
}: Pick<File, 'name' | 'size'> & { lastModified: number | null }) {
  return JSON.stringify([name, size, lastModified])
}

function rowOf(local: SentFile | null, view: UploadView | null): UploadRow {
  const fileName = local?.chosen.file.name ?? view?.fileName ?? ''
  const size = local?.chosen.file.size ?? view?.size ?? 0
  // The same from its first moment on: whatever has the focus in its row keeps it.
  return { key: local?.key ?? view?.id ?? '', fileName, size, local, view, state: stateOf(local, view) }
}

/** How the state of an upload that the console has is shown where nobody here sends it. */
export function shownState(view: UploadView): ShownState {
  const { state, steps } = view
  if (state === 'uploading') return isUnread(view) ? 'unread' : 'interrupted'
  if (isQueued(view)) return 'waiting'
  return state === 'inspected' && steps.some((step) => step.state === 'failed') ? 'unpublished' : state
}

/** Whether it waits for somebody to publish it. */
export function isReady({ state }: Pick<UploadRow, 'state'>): boolean {
  return state === 'inspected' || state === 'unpublished'
}

/** Whether publishing it was refused because something else stands: it has to be looked at, and asked to replace. */
export function isConflict(view: Pick<UploadView, 'steps'> | null): boolean {
  const failed = view?.steps.find(({ state }) => state === 'failed')
  return failed?.verdict?.code === 'version-conflict' || failed?.verdict?.code === 'tag-conflict'
}

function stateOf(local: SentFile | null, view: UploadView | null): ShownState {
  if (view !== null && view.state !== 'uploading') return shownState(view)
  if (view !== null && isUnread(view) && (local === null || local.state === 'sent')) return 'unread'
  if (local === null) return 'interrupted'
  // All sent, and the console has not said yet that it reads.
  return local.state === 'sent' ? 'reading' : local.state
}

/** Whether others are read or published before it. */
function isQueued({ state, steps }: UploadView): boolean {
  const phase = state === 'reading' ? ['verify', 'read'] : ['push', 'publish']
  const isBusy = state === 'reading' || state === 'publishing'
  return isBusy && steps.every((step) => !phase.includes(step.name) || step.state === 'pending')
}

function isUnread({ received, size, steps }: UploadView): boolean {
  return received === size && steps.some(({ name, state }) => name === 'read' && state === 'failed')
}

/** Whether nothing more happens to a row. */
export function isOver({ state }: UploadRow): boolean {
  return ['published', 'refused', 'cancelled', 'failed'].includes(state)
}
