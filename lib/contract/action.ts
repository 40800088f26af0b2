import type { Reason } from '#lib/domain/reason.ts'

/** Whether an action may be taken now, or why not. */
export type ActionView = { allowed: true } | { allowed: false; reasons: Reason[] }

export const ACTIONS = ['install', 'upgrade', 'update', 'uninstall'] as const

export type Action = (typeof ACTIONS)[number]
