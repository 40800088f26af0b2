import { showToast } from '#components/ui/toast-store.ts'
import { pluginPath } from '#lib/browser/paths.ts'
import type { Messages } from '#lib/i18n/messages/en.ts'

/** Says that something has begun, with the way to the plugin's page. */
export function announce(messages: Messages, title: string, plugin: string): void {
  const { text, show } = messages.installations.toast
  showToast({ tone: 'good', title, text, link: { href: pluginPath(plugin), label: show } })
}
