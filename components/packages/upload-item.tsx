'use client'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Button } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import type { Shape } from '#components/ui/status-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Tone } from '#components/ui/tone.ts'
import { pluginPath } from '#lib/browser/paths.ts'
import { NetworkError, ProblemError } from '#lib/browser/problem-error.ts'
import { formatBytes } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import type { Messages } from '#lib/i18n/messages/en.ts'
import { browserUploads } from './browser-uploads.ts'
import { isActive } from './upload-queue.ts'
import type { Upload } from './upload-queue.ts'
import { secondsLeft } from './upload-rate.ts'
import { UploadSteps } from './upload-steps.tsx'

const LOOK: Readonly<Record<Upload['state'], { tone: Tone; shape: Shape }>> = {
  waiting: { tone: 'neutral', shape: 'clock' },
  sending: { tone: 'accent', shape: 'turning' },
  working: { tone: 'accent', shape: 'turning' },
  done: { tone: 'good', shape: 'check' },
  failed: { tone: 'bad', shape: 'cross' },
  cancelled: { tone: 'neutral', shape: 'slash' },
}

function stateText({ state, result, error }: Upload, texts: Messages['packages']): string {
  if (state === 'done' && result?.changed === false) return texts.state.unchanged
  return state === 'failed' && error instanceof NetworkError ? texts.state.broken : texts.state[state]
}

function Progress({ upload }: { upload: Upload }): ReactNode {
  const { language, messages } = useI18n()
  const texts = messages.packages
  const { file, sent, rate, state } = upload
  const left = state === 'sending' ? secondsLeft(rate, file.size) : null
  const parts = [
    texts.sent({ sent: formatBytes(language, sent), total: formatBytes(language, file.size) }),
    ...(rate.bytesPerSecond === null || state !== 'sending'
      ? []
      : [texts.speed({ speed: formatBytes(language, rate.bytesPerSecond) })]),
    ...(left === null ? [] : [texts.secondsLeft({ seconds: left })]),
  ]
  return (
    <div className="grid gap-1">
      <ProgressBar
        value={state === 'working' ? null : sent}
        max={file.size}
        label={texts.progress({ file: file.name })}
      />
      <p className="tabular text-xs text-muted">{parts.join(' · ')}</p>
    </div>
  )
}

function Fault({ upload, limit }: { upload: Upload; limit: string }): ReactNode {
  const { packages: texts } = useI18n().messages
  const { fault, error, steps } = upload
  if (fault !== null) {
    const words = {
      'not-package': texts.notPackage,
      empty: texts.emptyFile,
      'too-large': texts.tooLarge({ limit }),
    }
    return <p className="text-sm text-bad">{words[fault]}</p>
  }
  if (error === null) return null
  // A failed step has said it already, in the same words.
  const isToldByStep =
    error instanceof ProblemError &&
    steps.some((step) => step.state === 'failed' && step.detail === error.problem.detail)
  return isToldByStep ? null : <ProblemNotice error={error} />
}

/** One upload: how far it is, what the server says, and where it led. */
export function UploadItem({ upload, maxBytes }: { upload: Upload; maxBytes: number | null }): ReactNode {
  const { language, messages } = useI18n()
  const texts = messages.packages
  const { id, file, state, result } = upload
  const told = new Set(upload.steps.map((step) => step.detail))
  const warnings = result?.warnings.filter((line) => !told.has(line)) ?? []
  // Cut off, nobody knows how far the server came.
  const isToldToEnd = state !== 'cancelled' && !(upload.error instanceof NetworkError)
  const isGoing = state === 'sending' || state === 'working'
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-40 font-mono text-sm break-all">{file.name}</span>
        <span className="ml-auto flex items-center gap-3 text-sm">
          <StatusMark {...LOOK[state]}>{stateText(upload, texts)}</StatusMark>
          {(state === 'cancelled' || (state === 'failed' && upload.fault === null)) && (
            <Button
              size="sm"
              onClick={() => {
                browserUploads.retry(id)
              }}
            >
              {texts.again}
            </Button>
          )}
          <IconButton
            size="sm"
            icon={<X />}
            label={isActive(upload) ? texts.cancel({ file: file.name }) : texts.remove({ file: file.name })}
            onClick={() => {
              if (isActive(upload)) browserUploads.cancel(id)
              else browserUploads.remove(id)
            }}
          />
        </span>
      </div>
      {isGoing && <Progress upload={upload} />}
      {isToldToEnd && <UploadSteps steps={upload.steps} file={file.name} />}
      {state === 'failed' && (
        <Fault upload={upload} limit={maxBytes === null ? '' : formatBytes(language, maxBytes)} />
      )}
      {warnings.length > 0 && (
        <Notice tone="warn" title={texts.warnings}>
          <ul className="list-disc pl-4">
            {warnings.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      )}
      {result !== null && (
        <p className="text-sm">
          <TextLink href={pluginPath(result.plugin)}>
            {texts.showPlugin({ plugin: result.plugin, version: result.version })}
          </TextLink>
        </p>
      )}
    </li>
  )
}
