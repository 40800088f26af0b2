'use client'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { StatusMark } from '#components/ui/status-mark.tsx'
import type { Shape } from '#components/ui/status-mark.tsx'
import type { Tone } from '#components/ui/tone.ts'
import type { UploadStep } from '#lib/contract/package.ts'
import type { RegistryErrorCode } from '#lib/domain/registry-error-code.ts'
import { formatBytes } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import type { Language } from '#lib/i18n/language.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'

const LOOK: Readonly<Record<UploadStep['state'], { tone: Tone; shape: Shape }>> = {
  pending: { tone: 'neutral', shape: 'ring' },
  running: { tone: 'accent', shape: 'turning' },
  done: { tone: 'good', shape: 'check' },
  failed: { tone: 'bad', shape: 'cross' },
  skipped: { tone: 'neutral', shape: 'slash' },
}

/** A package that is read all the same is not thereby what its checksum says. */
const DOUBT = { tone: 'warn', shape: 'triangle' } as const

function lookOf({ state, verdict }: UploadStep): { tone: Tone; shape: Shape } {
  if (verdict?.code === 'push-waits') return { ...LOOK.running, tone: 'warn' }
  if (state !== 'done' || verdict?.code !== 'verified') return LOOK[state]
  const { checksum, signature } = verdict.params
  return checksum === 'failed' || signature === 'failed' || signature === 'unknown-key' ? DOUBT : LOOK.done
}

type HintName = keyof Messages['packages']['registryHints']

/** What to do about a registry that was of no use. */
export const REGISTRY_HINTS: Readonly<Partial<Record<RegistryErrorCode, HintName>>> = {
  unreachable: 'down',
  timeout: 'down',
  unavailable: 'down',
  'rate-limited': 'down',
  certificate: 'certificate',
  unauthorized: 'login',
  forbidden: 'login',
  'credentials-unreadable': 'login',
}

function hintOf({ state, verdict }: UploadStep): HintName | undefined {
  const code = /^registry-(.+)$/.exec(verdict?.code ?? '')?.[1]
  return state === 'failed' ? REGISTRY_HINTS[code as RegistryErrorCode] : undefined
}

/** What a step says, in the reader's language. English refusals are exact as they came; others name their kind. */
export function stepText(
  { state, detail, verdict }: UploadStep,
  messages: Messages,
  language: Language,
): string {
  if (verdict === undefined || (state === 'failed' && language === 'en')) return detail
  if (verdict.code === 'received') return formatBytes(language, Number(verdict.params['size']))
  return messages.verdicts[verdict.code](verdict.params)
}

function Hint({ name }: { name: HintName | undefined }): ReactNode {
  const { registryHints } = useI18n().messages.packages
  return name === undefined ? null : <span className="block text-muted">{registryHints[name]}</span>
}

/** The server's verdict, step by step. */
export function UploadSteps({ steps, file }: { steps: readonly UploadStep[]; file: string }): ReactNode {
  const { language, messages } = useI18n()
  const { packages } = messages
  if (steps.length === 0) return null
  return (
    <ol
      aria-label={packages.stepsOf({ file })}
      className="grid gap-1 text-sm sm:grid-cols-[max-content_1fr] sm:gap-x-4"
    >
      {steps.map((step) => (
        <li key={step.name} className="contents">
          <span>
            <StatusMark {...lookOf(step)}>{packages.steps[step.name]}</StatusMark>
            <span className="sr-only"> {packages.stepState[step.state]}</span>
          </span>
          <span
            className={clsx(
              'min-w-0 break-words max-sm:pl-5 max-sm:empty:hidden',
              step.state === 'failed'
                ? 'text-bad'
                : lookOf(step).tone === 'warn'
                  ? 'text-warn'
                  : 'text-muted',
            )}
          >
            {stepText(step, messages, language)}
            <Hint name={hintOf(step)} />
          </span>
        </li>
      ))}
    </ol>
  )
}
