'use client'
import type { ReactNode } from 'react'
import { Definition, DefinitionList } from '#components/ui/definition-list.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Panel, Section } from '#components/ui/section.tsx'
import type { PackageContentsView } from '#lib/contract/upload.ts'
import type { VerificationView } from '#lib/contract/verification.ts'
import type { PackageWarning } from '#lib/domain/package-warning.ts'
import { formatBytes } from '#lib/i18n/format.ts'
import { useI18n } from '#lib/i18n/i18n-context.tsx'
import { UploadWarnings } from '../upload-warnings.tsx'
import { VerificationWords } from '../verification-words.tsx'

interface ContentsSectionProps {
  contents: PackageContentsView
  verification: VerificationView | null
  warnings: readonly PackageWarning[]
}

/** What is inside, apart from its artifacts. */
export function ContentsSection({ contents, verification, warnings }: ContentsSectionProps): ReactNode {
  const { language, messages } = useI18n()
  const { inspection, verification: verificationTerm, notVerified } = messages.packages
  const { versions, entries, unpackedSize, sha256, scripts, others } = contents
  const isVerified =
    verification !== null && (verification.checksum !== 'none' || verification.signature !== 'none')
  return (
    <Section title={inspection.contents}>
      <div className="grid grid-cols-1 gap-3">
        {/* Scripts have a notice of their own. */}
        <UploadWarnings warnings={warnings.filter(({ code }) => code !== 'scripts')} />
        {scripts.length > 0 && (
          <Notice tone="warn" title={inspection.scripts}>
            <p className="text-sm">{inspection.scriptsText}</p>
            <ul className="list-disc pl-4 font-mono text-xs break-all">
              {scripts.map((path) => (
                <li key={path}>{path}</li>
              ))}
            </ul>
          </Notice>
        )}
        <Panel>
          <DefinitionList>
            <Definition term={inspection.versions}>
              <span className="font-mono text-xs">{versions.join(', ')}</span>
            </Definition>
            <Definition term={verificationTerm}>
              {verification === null ? (
                notVerified
              ) : isVerified ? (
                <VerificationWords verification={verification} />
              ) : (
                messages.verdicts.verified({ checksum: 'none', signature: 'none' })
              )}
            </Definition>
            <Definition term={inspection.files}>{entries}</Definition>
            <Definition term={inspection.unpacked}>{formatBytes(language, unpackedSize)}</Definition>
            <Definition term={inspection.sha256}>
              <span className="font-mono text-xs break-all">{sha256}</span>
            </Definition>
            <Definition term={inspection.others}>{others.join(', ')}</Definition>
          </DefinitionList>
        </Panel>
      </div>
    </Section>
  )
}
