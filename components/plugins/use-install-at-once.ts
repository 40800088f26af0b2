'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { announce } from '#components/installations/announce.ts'
import { showToast } from '#components/ui/toast-store.ts'
import { apiSend } from '#lib/browser/api.ts'
import { API } from '#lib/browser/api-paths.ts'
import { openDialog } from '#lib/browser/dialog-navigation.ts'
import { ProblemError } from '#lib/browser/problem-error.ts'
import type { PluginOnCluster } from '#lib/contract/installation.ts'
import type { InstallRequest } from '#lib/contract/requests.ts'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import { problemText } from '#lib/i18n/problem-text.ts'

/**
 * Installs a plugin that asks for no answers, with one click. What goes wrong is said, and the dialog opens to go on
 * from there.
 */
export function useInstallAtOnce(on: Pick<PluginOnCluster, 'plugin' | 'cluster'>, displayName: string) {
  const messages = useMessages()
  const queryClient = useQueryClient()
  const isRunning = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const { plugin, cluster } = on

  const run = async (version: string) => {
    try {
      await apiSend('POST', API.installations, { cluster, plugin, version } satisfies InstallRequest)
      announce(messages, messages.installations.toast.install({ plugin: displayName, cluster }), plugin)
      for (const key of ['plugins', 'clusters']) void queryClient.invalidateQueries({ queryKey: [key] })
    } catch (error) {
      const { network, networkHint } = messages.problems
      const said =
        error instanceof ProblemError
          ? problemText(messages, error.problem)
          : { title: network, lines: [networkHint] }
      showToast({ tone: 'bad', title: said.title, text: said.lines.join(' ') })
      openDialog({ dialog: 'install', plugin, cluster, version })
    } finally {
      isRunning.current = false
      setBusy(false)
    }
  }
  /** @param version the version to install */
  const installAtOnce = (version: string) => {
    if (isRunning.current) return
    isRunning.current = true
    setBusy(true)
    void run(version)
  }
  return { isBusy, installAtOnce }
}
