import type { QueryClient } from '@tanstack/react-query'
import { elect } from './elect.ts'
import { LiveClient } from './live-client.ts'
import type { TabMessage } from './live-client.ts'
import { emitLiveEvent } from './live-events.ts'
import { openStream } from './open-stream.ts'
import { followPage } from './page-lifecycle.ts'
import { Refresher } from './refresher.ts'

/** As the lock's: tabs of another version speak of other things. */
const CHANNEL = 'live-2'

/**
 * Keeps a query cache up to date from the event stream, for as long as the tab lives.
 * @param cursor what the page was rendered from; null when unknown
 * @returns the client, and how to start it, which returns how to stop it
 */
export function createLive(
  queryClient: QueryClient,
  cursor: string | null,
): { client: LiveClient; start: () => () => void } {
  const refresher = new Refresher((queryKey) =>
    // A hidden tab only marks what is old; it is read when the tab is looked at again.
    queryClient.invalidateQueries({ queryKey, refetchType: document.hidden ? 'none' : 'active' }),
  )
  let channel: BroadcastChannel | undefined
  const client = new LiveClient({
    cursor,
    openStream,
    elect,
    clocks: { wall: () => Date.now(), steady: () => performance.now() },
    post: (message) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
      channel?.postMessage(message)
    },
    onEvent: (event) => {
      if (event.type === 'change') refresher.changed(event.topics)
      if (event.type === 'reset') refresher.everything()
      emitLiveEvent(event)
    },
    onBehind: () => {
      refresher.everything()
    },
    whenRead: () => refresher.whenRead(),
  })
  const start = () =>
    followPage({
      onRun: () => {
        channel = new BroadcastChannel(CHANNEL)
        channel.addEventListener('message', (message: MessageEvent<TabMessage>) => {
          client.receive(message.data)
        })
        client.start()
      },
      onSuspend: () => {
        client.stop()
        channel?.close()
        channel = undefined
      },
      onTick: (isVisible) => {
        client.tick(isVisible)
      },
      onHurry: () => {
        client.hurry()
      },
    })
  return { client, start }
}
