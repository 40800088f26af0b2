'use client'
import { clsx } from 'clsx'
import PanelLeftClose from 'lucide-react/icons/panel-left-close'
import PanelLeftOpen from 'lucide-react/icons/panel-left-open'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { IconButton } from '#components/ui/icon-button.tsx'
import { ToastHost } from '#components/ui/toast-host.tsx'
import { TooltipHost } from '#components/ui/tooltip-host.tsx'
import { NAVIGATION_COOKIE, rememberChoice } from '#lib/browser/theme.ts'
import type { Theme } from '#lib/browser/theme.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { MissingCrds } from './missing-crds.tsx'
import { NavigationProgress } from './navigation-progress.tsx'
import { Navigation } from './navigation.tsx'
import { TopBar } from './top-bar.tsx'

const Drawer = dynamic(() => import('#components/ui/drawer.tsx').then((module) => module.Drawer), {
  ssr: false,
})

interface AppShellProps {
  theme: Theme
  initiallyFolded: boolean
  children: ReactNode
}

/** The Administrator frame: top bar, navigation, and the page in one column. */
export function AppShell({ theme, initiallyFolded, children }: AppShellProps): ReactNode {
  const { shell, common } = useMessages()
  const [isFolded, setFolded] = useState(initiallyFolded)
  const [drawer, setDrawer] = useState<'never' | 'open' | 'closed'>('never')
  const closeDrawer = () => {
    setDrawer('closed')
  }
  const fold = () => {
    rememberChoice(NAVIGATION_COOKIE, isFolded ? 'open' : 'folded')
    setFolded(!isFolded)
  }
  return (
    <div id="console" className="min-h-dvh">
      <a
        href="#content"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-accent-solid px-3 py-1.5 text-sm font-medium text-white focus:translate-y-0"
      >
        {shell.skipToContent}
      </a>
      <TopBar
        theme={theme}
        onMenu={() => {
          setDrawer('open')
        }}
      />
      <div className="flex">
        <div
          className={clsx(
            'sticky top-12 flex h-[calc(100dvh-3rem)] shrink-0 flex-col overflow-y-auto border-r bg-sunken max-md:hidden',
            isFolded ? 'w-14' : 'w-58',
          )}
        >
          <Navigation isFolded={isFolded} />
          <div className="border-t p-2">
            <IconButton
              label={isFolded ? shell.unfoldNavigation : shell.foldNavigation}
              aria-expanded={!isFolded}
              icon={isFolded ? <PanelLeftOpen /> : <PanelLeftClose />}
              onClick={fold}
            />
          </div>
        </div>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-4 outline-none sm:px-6">
          <div className="mx-auto max-w-360">
            <MissingCrds />
            {children}
          </div>
        </main>
      </div>
      {drawer !== 'never' && (
        <Drawer
          open={drawer === 'open'}
          onClose={closeDrawer}
          label={shell.navigation}
          closeLabel={shell.closeNavigation}
        >
          <Navigation isFolded={false} onChoose={closeDrawer} />
        </Drawer>
      )}
      <ToastHost label={shell.notifications} closeLabel={common.close} />
      <TooltipHost />
      <NavigationProgress />
    </div>
  )
}
