'use client'
import Download from 'lucide-react/icons/download'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { API } from '#lib/browser/api-paths.ts'
import type { PackageVersionView } from '#lib/contract/package.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { DeleteVersionDialog } from './delete-version-dialog.tsx'

interface VersionActionsProps {
  plugin: string
  version: PackageVersionView
}

/** What can be done with a published version. */
export function VersionActions({ plugin, version }: VersionActionsProps): ReactNode {
  const { packages: texts } = useMessages()
  const [isAsking, setAsking] = useState(false)
  const { version: name, installedOn, isPublished } = version
  const isUsed = installedOn.length > 0
  return (
    <span className="flex items-center gap-1">
      {isPublished && (
        <a
          href={API.packageVersion(plugin, name)}
          download
          aria-label={texts.downloadVersion({ version: name })}
          data-tip={texts.downloadVersion({ version: name })}
          data-tip-is-label=""
          className="icon-btn size-7 [&_svg]:size-4"
        >
          <Download />
        </a>
      )}
      <Button
        size="sm"
        variant="ghost"
        aria-label={texts.deleteVersion({ version: name })}
        refusal={isUsed ? texts.inUse({ clusters: installedOn.join(', ') }) : undefined}
        icon={<Trash2 className="size-4" />}
        onClick={() => {
          setAsking(true)
        }}
      />
      {isAsking && (
        <DeleteVersionDialog
          plugin={plugin}
          version={name}
          onClose={() => {
            setAsking(false)
          }}
        />
      )}
    </span>
  )
}
