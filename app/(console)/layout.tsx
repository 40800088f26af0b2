import type { ReactNode } from 'react'
import { InstallationDialogs } from '#components/installations/installation-dialogs.tsx'
import { AppShell } from '#components/shell/app-shell.tsx'
import { Hydrated } from '#components/shell/hydrated.tsx'
import { sessionQuery } from '#lib/browser/queries/session.ts'
import { prefetch, wanted } from '../prefetch.ts'
import { requestPreferences } from '../request-preferences.ts'

export default async function ConsoleLayout({ children }: { children: ReactNode }): Promise<ReactNode> {
  const [{ theme, isNavigationFolded }, session] = await Promise.all([
    requestPreferences(),
    prefetch(wanted(sessionQuery, (services, context) => services.getSession(context))),
  ])
  return (
    <Hydrated {...session}>
      <AppShell theme={theme} initiallyFolded={isNavigationFolded}>
        {children}
        <InstallationDialogs />
      </AppShell>
    </Hydrated>
  )
}
