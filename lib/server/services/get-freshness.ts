import type { SourceFreshness } from '#lib/contract/freshness.ts'
import type { ServiceContext } from './context.ts'

/** How well each source is known right now. */
export async function getFreshness(ctx: ServiceContext): Promise<SourceFreshness[]> {
  return ctx.platform.freshness()
}
