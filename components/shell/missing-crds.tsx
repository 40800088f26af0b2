'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { sessionQuery } from '#lib/browser/queries/session.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'

const COMMAND = 'kubectl apply -f crds/'

/** Over every page while the cluster lacks kinds that this console is about; goes by itself when they are there. */
export function MissingCrds(): ReactNode {
  const { shell, common } = useMessages()
  const { data } = useQuery(sessionQuery)
  if (!data || data.missingCrds.length === 0) return null
  const { missingCrds, platform } = data
  const texts = shell.missingCrds
  const title = (data.lacksAllCrds ? texts.title : texts.titleSome)({ cluster: platform.cluster })
  return (
    <section aria-label={title}>
      <Notice tone="warn" title={title} className="mb-4">
        <p>{texts.text}</p>
        <div className="my-2 max-w-xl">
          <CodeBlock text={COMMAND} label={COMMAND} copyLabel={texts.copy} copiedLabel={common.copied} />
        </div>
        <p className="text-muted">
          {texts.where({ server: platform.server })} {texts.heals}
        </p>
        <Disclosure summary={texts.which({ count: missingCrds.length })}>
          {() => (
            <ul className="font-mono text-xs">
              {missingCrds.map((name) => (
                <li key={name} className="break-all">
                  {name}
                </li>
              ))}
            </ul>
          )}
        </Disclosure>
      </Notice>
    </section>
  )
}
