'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { uploadPlanQuery } from '#lib/browser/queries/uploads.ts'
import type { UploadDetail, UploadPlan } from '#lib/contract/upload.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { shownState } from '../upload-rows.ts'
import { REGISTRY_HINTS } from '../upload-steps.tsx'
import { useUploadActions } from '../use-upload-actions.ts'
import { FitsSection } from './fits-section.tsx'
import { isDoubtful, VerificationWords } from '../verification-words.tsx'
import { PlanTable } from './plan-table.tsx'

const REGISTRY_AGAIN_MS = 5000

const TONES = {
  'new-plugin': 'accent',
  'new-version': 'accent',
  same: 'neutral',
  conflict: 'warn',
  impossible: 'bad',
} as const

function Decision({ upload, plan }: { upload: UploadDetail; plan: UploadPlan }): ReactNode {
  const { packages: texts } = useMessages()
  const { inspection } = texts
  const [mayReplace, setMayReplace] = useState(false)
  const { publish, discard } = useUploadActions(upload.id)
  const isConflict = plan.kind === 'conflict'
  const failed = publish.error ?? discard.error
  const isAgain = shownState(upload) === 'unpublished'
  const refusal =
    plan.kind === 'impossible' || (isConflict && !mayReplace) ? inspection.kinds[plan.kind] : undefined
  return (
    <div className="grid gap-3">
      {upload.verification !== null && isDoubtful(upload.verification) && (
        <Notice tone="warn" title={texts.doubtful}>
          <VerificationWords verification={upload.verification} />
        </Notice>
      )}
      {isConflict && (
        <Checkbox
          checked={mayReplace}
          onChange={setMayReplace}
          label={inspection.replace}
          description={inspection.conflictText}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          refusal={refusal}
          busy={publish.isPending || upload.state === 'publishing'}
          onClick={() => {
            publish.mutate(isConflict && mayReplace)
          }}
        >
          {isConflict ? texts.replaceAndPublish : isAgain ? texts.publishAgain : texts.publish}
        </Button>
        <Button
          busy={discard.isPending}
          onClick={() => {
            discard.mutate()
          }}
        >
          {texts.discard}
        </Button>
      </div>
      {failed !== null && <ProblemNotice error={failed} />}
    </div>
  )
}

interface RegistryProblemProps {
  problem: NonNullable<UploadPlan['registryProblem']>
  onRetry: () => void
}

/** Why it can't be said what the registry holds, and what to do about it. */
function RegistryProblem({ problem: { code, detail }, onRetry }: RegistryProblemProps): ReactNode {
  const { packages: texts, verdicts, common } = useMessages()
  const hint = REGISTRY_HINTS[code]
  return (
    <Notice
      tone="bad"
      title={texts.inspection.registryProblem}
      action={
        <Button size="sm" onClick={onRetry}>
          {common.retry}
        </Button>
      }
    >
      <p>{verdicts[`registry-${code}`]({ detail })}</p>
      {hint !== undefined && <p className="text-muted">{texts.registryHints[hint]}</p>}
    </Notice>
  )
}

/** What publishing would do now, and the way to do it. */
export function PlanSection({ upload }: { upload: UploadDetail }): ReactNode {
  const { inspection } = useMessages().packages
  const {
    data: plan,
    error,
    refetch,
  } = useQuery({
    ...uploadPlanQuery(upload.id),
    // While it is being published the answer changes under its hands.
    enabled: upload.state === 'inspected',
    // Nobody tells when a registry is back.
    refetchInterval: ({ state }) => (state.data?.registryProblem == null ? false : REGISTRY_AGAIN_MS),
  })
  // Nobody asks what would change while it is being changed.
  if (plan === undefined && upload.state !== 'inspected') return null
  return (
    <>
      <Section title={inspection.plan}>
        {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
        {plan === undefined && error === null && (
          <output aria-label={inspection.planning}>
            <Skeleton className="h-40 w-full" />
          </output>
        )}
        {plan != null && (
          <div className="grid grid-cols-1 gap-3">
            <Notice tone={TONES[plan.kind]} title={inspection.kinds[plan.kind]}>
              <p className="text-sm break-words">
                {plan.registry === null
                  ? plan.registryProblem === null && inspection.notPushed
                  : `${inspection.registry}: ${plan.registry}`}
              </p>
            </Notice>
            {plan.registryProblem !== null && (
              <RegistryProblem problem={plan.registryProblem} onRetry={() => void refetch()} />
            )}
            {upload.isMine && <Decision upload={upload} plan={plan} />}
            <PlanTable plan={plan} />
          </div>
        )}
      </Section>
      {plan != null && <FitsSection fits={plan.fits} />}
    </>
  )
}
