import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Providers } from '#components/shell/providers.tsx'
import { languageTag } from '#lib/i18n/language.ts'
import { getLiveCursor } from '#lib/server/runtime.ts'
import './globals.css'
import { requestMessages, requestPreferences } from './request-preferences.ts'

export const viewport: Viewport = { colorScheme: 'light dark' }

export async function generateMetadata(): Promise<Metadata> {
  const { shell } = await requestMessages()
  return { title: { default: shell.product, template: `%s · ${shell.product}` } }
}

export default async function RootLayout({ children }: { children: ReactNode }): Promise<ReactNode> {
  const { language, theme } = await requestPreferences()
  return (
    <html lang={languageTag(language)} data-theme={theme === 'system' ? undefined : theme}>
      <body>
        <Providers language={language} cursor={getLiveCursor()}>
          {children}
        </Providers>
      </body>
    </html>
  )
}
