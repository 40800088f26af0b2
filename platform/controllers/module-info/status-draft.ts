import type { Condition } from '#lib/kinds/object.ts'
import type { ModuleInfo, ModuleInfoStatus } from '#lib/kinds/module-info.ts'
import { canonicalJson } from '#lib/domain/spec-hash.ts'

const TYPES = [
  /** The rules allow it: labels, version, cluster, affinity, dependencies, templates. */
  'Accepted',
  /** The target cluster answers. */
  'ClusterReachable',
  /** The releases are on the cluster as they should be. */
  'Delivered',
  /** An upgrade that was asked for is refused; what runs goes on. */
  'UpgradeBlocked',
  /** An upgrade takes longer than its transitTimeout. */
  'UpgradeStalled',
  /** A deletion waits. */
  'RemovePrevented',
] as const
/** Condition types that the controller writes on a ModuleInfo. */
export type ConditionType = (typeof TYPES)[number]
export const CONDITION_TYPES: ReadonlySet<string> = new Set(TYPES)

const LONGEST_MESSAGE = 4000

/** The status that is being made up for an installation; conditions keep their transition times. */
export class StatusDraft {
  readonly status: ModuleInfoStatus
  private readonly before: string
  private readonly now: string

  constructor(info: ModuleInfo, now: Date) {
    this.status = { phase: '', version: '', ...structuredClone(info.status) }
    this.before = canonicalJson(info.status)
    this.now = now.toISOString().replace(/\.\d+Z$/, 'Z')
  }

  set(type: ConditionType, status: 'True' | 'False', reason: string, message: string): void {
    const conditions = this.status.conditions ?? []
    const known = conditions.find((condition) => condition.type === type)
    const text = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message
    const next: Condition = { type, status, reason, message: text, lastTransitionTime: this.now }
    if (known?.status === status && known.lastTransitionTime !== undefined)
      next.lastTransitionTime = known.lastTransitionTime
    this.status.conditions =
      known === undefined ? [...conditions, next] : conditions.map((item) => (item === known ? next : item))
  }

  clear(...types: ConditionType[]): void {
    const left = this.status.conditions?.filter(({ type }) => !types.some((gone) => gone === type))
    if (left !== undefined) this.status.conditions = left
  }

  /** Whether anything differs from what the object has. */
  get hasChanged(): boolean {
    return canonicalJson(this.status) !== this.before
  }
}
