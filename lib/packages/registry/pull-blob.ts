import type { RegistryClient } from './registry-client.ts'
import { RegistryError } from './registry-error.ts'
import { errorFromNetwork } from './registry-failure.ts'
import { pause } from './retry.ts'

/** A connection that breaks this often without a byte between is given up. */
const TRIES = 5

/**
 * The bytes of a blob; a connection that breaks is followed by one that goes on from there. Whether they are what the digest
 * says is for the caller to check.
 * @throws RegistryError; the signal's reason
 */
export async function* pullBlob(
  client: RegistryClient,
  repository: string,
  digest: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let done = 0
  for (let tries = 1; ; tries++) {
    const opened = await client.openBlob(repository, digest, done)
    if (opened === null)
      throw new RegistryError('not-found', `The registry has no blob ${digest} of ${repository}`)
    let at = opened.offset
    try {
      for await (const chunk of opened.stream as AsyncIterable<Buffer>) {
        signal?.throwIfAborted()
        const fresh = chunk.subarray(Math.min(chunk.length, Math.max(0, done - at)))
        at += chunk.length
        if (fresh.length === 0) continue
        done += fresh.length
        tries = 1
        yield fresh
      }
      return
    } catch (error) {
      signal?.throwIfAborted()
      const failure = errorFromNetwork(error, new URL(client.origin))
      if (!failure.isTransient || tries === TRIES) throw failure
      await pause(failure, tries, client.retry, signal)
    } finally {
      opened.stream.destroy()
    }
  }
}
