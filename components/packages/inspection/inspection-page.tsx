'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { NotFoundPage } from '#components/shell/not-found-page.tsx'
import { PageHeader } from '#components/shell/page-header.tsx'
import { PageSkeleton } from '#components/shell/page-skeleton.tsx'
import { ProblemNotice } from '#components/shell/problem-notice.tsx'
import { LogoImage } from '#components/ui/logo-image.tsx'
import { StatusMark } from '#components/ui/status-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { PATHS, pluginPath } from '#lib/browser/paths.ts'
import { ProblemError } from '#lib/browser/problem-error.ts'
import { uploadQuery } from '#lib/browser/queries/uploads.ts'
import { isEnded } from '#lib/contract/upload.ts'
import type { UploadDetail } from '#lib/contract/upload.ts'
import { pick } from '#lib/domain/local-text.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { UPLOAD_LOOK } from '../upload-look.ts'
import { UploadProgress } from '../upload-progress.tsx'
import { shownState, uploadRows } from '../upload-rows.ts'
import { UploadSteps } from '../upload-steps.tsx'
import { useLiveUploads } from '../use-uploads.ts'
import { ArtifactsSection } from './artifacts-section.tsx'
import { ContentsSection } from './contents-section.tsx'
import { FormPreview } from './form-preview.tsx'
import { PlanSection } from './plan-section.tsx'

function Header({ upload }: { upload: UploadDetail }): ReactNode {
  const { language, messages } = useI18n()
  const { packages: texts, shell } = messages
  const { contents, plugin, version, fileName } = upload
  const name = contents === null ? '' : pick(contents.displayName, language) || (plugin ?? '')
  return (
    <PageHeader
      crumbs={[
        { label: shell.marketplace },
        { label: texts.title, href: PATHS.uploadPackages },
        { label: fileName },
      ]}
      title={name === '' ? texts.inspection.title({ file: fileName }) : name}
      picture={contents !== null && <LogoImage src={contents.logo} name={plugin ?? ''} />}
      beside={
        version !== null && (
          <span className="font-mono text-xs text-muted">
            {name !== plugin && plugin} {version}
          </span>
        )
      }
      intro={contents !== null && pick(contents.description, language)}
    />
  )
}

/** Where the upload stands, and where it led. */
function Progress({ upload }: { upload: UploadDetail }): ReactNode {
  const { packages: texts } = useI18n().messages
  const { state, steps, fileName, plugin, version, contents, changed } = upload
  const [row] = uploadRows([], [{ ...upload, isMine: true }])
  const shown = shownState(upload)
  const words = state === 'published' && changed === false ? texts.state.unchanged : texts.state[shown]
  return (
    <div className="grid gap-3 rounded-md border bg-surface p-4">
      <p className="flex flex-wrap gap-x-3 gap-y-1 text-sm">
        <output>
          <StatusMark {...UPLOAD_LOOK[shown]}>{words}</StatusMark>
        </output>
        {state === 'published' && plugin !== null && (
          <TextLink href={pluginPath(plugin)}>
            {texts.showPlugin({ plugin, version: version ?? '' })}
          </TextLink>
        )}
        {isEnded(state) && <TextLink href={PATHS.uploadPackages}>{texts.inspection.back}</TextLink>}
      </p>
      {contents === null && !isEnded(state) && (
        <p className="text-sm text-muted">{texts.inspection.notReady}</p>
      )}
      {row !== undefined && <UploadProgress row={row} />}
      <UploadSteps steps={steps} file={fileName} />
    </div>
  )
}

/** An upload before it is published: what is inside, what would change, where it would fit. */
export function InspectionPage({ upload: id }: { upload: string }): ReactNode {
  useLiveUploads()
  const { data, error, refetch } = useQuery(uploadQuery(id))
  if (!data) {
    if (!error) return <PageSkeleton rows={6} />
    if (error instanceof ProblemError && error.problem.code === 'not-found') return <NotFoundPage />
    return <ProblemNotice error={error} onRetry={() => void refetch()} />
  }
  const { contents } = data
  return (
    <>
      <Header upload={data} />
      <div className="space-y-7">
        <Progress upload={data} />
        {contents !== null && (
          <>
            <PlanSection upload={data} />
            <ContentsSection contents={contents} verification={data.verification} warnings={data.warnings} />
            <ArtifactsSection contents={contents} />
            <FormPreview form={contents.form} />
          </>
        )}
      </div>
    </>
  )
}
