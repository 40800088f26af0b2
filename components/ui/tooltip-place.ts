export interface Box {
  top: number
  left: number
  width: number
  height: number
}

const GAP = 6
const MARGIN = 8

/**
 * Where a tooltip goes: centred above its anchor, below where there is no room, never past the window's edge.
 * All in pixels of the window.
 */
export function placeTooltip(
  anchor: Box,
  tip: { width: number; height: number },
  view: { width: number; height: number },
): { top: number; left: number } {
  const above = anchor.top - tip.height - GAP
  const below = anchor.top + anchor.height + GAP
  const hasRoomBelow = below + tip.height + MARGIN <= view.height
  const top = above >= MARGIN || !hasRoomBelow ? Math.max(MARGIN, above) : below
  const centred = anchor.left + anchor.width / 2 - tip.width / 2
  const left = Math.max(MARGIN, Math.min(centred, view.width - tip.width - MARGIN))
  return { top, left }
}
