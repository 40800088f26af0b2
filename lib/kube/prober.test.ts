import { afterEach, describe, expect, test } from 'vitest'
import { createKubeClient } from './http-kube-client.ts'
import { createProber } from './prober.ts'
import type { Probe, ProbeAnswer } from './prober.ts'
import { sendJson, sendStatus, startFaultServer } from './testing/fault-server.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { TEST_CERTIFICATES } from './testing/test-certificates.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** Lets everything that waits for nothing but promises happen. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** A prober whose requests get the answers listed, the last one for ever; `hang` is no answer until the deadline. */
function start(...answers: (ProbeAnswer | 'hang')[]) {
  const clock = createManualClock()
  const sent: string[] = []
  let silences = 0
  const prober = createProber({
    send(path, { isFresh, signal }) {
      sent.push(isFresh ? `new ${path}` : path)
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? 'answered'
      if (answer !== 'hang') return Promise.resolve(answer)
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve('unanswered'))
      })
    },
    onSilence: () => (silences += 1),
    clock,
    random: () => 0.999,
  })
  /** Moves on in small steps, as time does. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 250) {
      clock.advance(250)
      await settle()
    }
  }
  return { prober, clock, sent, pass, silences: () => silences }
}

describe('createProber', () => {
  test('probes every five seconds while somebody listens, once for all of them', async () => {
    const { prober, sent, pass, clock } = start('answered')
    await pass(20_000)
    expect(sent).toEqual([])
    const probes: Probe[] = []
    const stops = [1, 2, 3].map(() => prober.onProbe((probe) => probes.push(probe)))
    await pass(5000)
    expect(sent).toEqual(['/livez'])
    expect(probes).toHaveLength(3)
    expect(probes[0]).toEqual({ isAlive: true, at: expect.closeTo(25_000, -2) })
    stops[0]?.()
    stops[0]?.()
    await pass(5000)
    expect(probes).toHaveLength(5)
    for (const stop of stops) stop()
    expect(clock.pending()).toEqual([])
    prober.onProbe(() => {})
    await pass(5000)
    expect(sent).toHaveLength(3)
  })

  test('notices within 15 s that nobody answers any more, wherever in its rhythm that begins', async () => {
    const { prober, pass, clock, silences } = start('answered', 'hang')
    const probes: Probe[] = []
    prober.onProbe((probe) => probes.push(probe))
    while (probes.length === 0) await pass(250)
    const answeredAt = clock.elapsed()
    while (probes.length === 1) await pass(250)
    expect(clock.elapsed() - answeredAt).toBeLessThanOrEqual(15_000)
    expect(probes[1]?.isAlive).toBe(false)
    expect(silences()).toBe(1)
  })

  test('a connection that died alone is no dead server, and a path that hangs is left', async () => {
    const { prober, pass, sent, silences } = start('hang', 'answered')
    const probes: Probe[] = []
    prober.onProbe((probe) => probes.push(probe))
    await pass(15_000)
    expect(probes.map(({ isAlive }) => isAlive)).toEqual([true, true])
    expect(sent).toEqual(['/livez', 'new /version', '/version'])
    expect(silences()).toBe(0)
  })

  test('goes through its paths, and on after failures', async () => {
    const { prober, pass, sent } = start('unanswered')
    prober.onProbe(() => {})
    await pass(15_000)
    expect(sent).toEqual(['/livez', 'new /version', '/version', 'new /api', '/api', 'new /livez'])
  })

  test('without a credential it says nothing', async () => {
    const { prober, pass, sent } = start('unsent')
    const probes: Probe[] = []
    prober.onProbe((probe) => probes.push(probe))
    await pass(10_000)
    expect(sent).toHaveLength(2)
    expect(probes).toEqual([])
  })

  test('a listener that stops while a request is under way hears nothing more', async () => {
    const { prober, pass, clock } = start('hang')
    const probes: Probe[] = []
    const stop = prober.onProbe((probe) => probes.push(probe))
    await pass(6000)
    stop()
    await pass(20_000)
    expect(probes).toEqual([])
    expect(clock.pending()).toEqual([])
  })

  test('stop is for good', async () => {
    const { prober, pass, sent, clock } = start('answered')
    prober.onProbe(() => {})
    prober.stop()
    prober.onProbe(() => {})
    await pass(10_000)
    expect(sent).toEqual([])
    expect(clock.pending()).toEqual([])
  })
})

describe('the probes of a client', () => {
  async function probed(handler: Parameters<typeof startFaultServer>[0]) {
    const server = await startFaultServer(handler, TEST_CERTIFICATES, { handlesProbes: true })
    const clock = createManualClock()
    const client = createKubeClient(server.config(), { cluster: 'test', clock, random: () => 0 })
    const next = () =>
      new Promise<boolean>((resolve) => {
        const stop = client.prober.onProbe(({ isAlive }) => {
          stop()
          resolve(isAlive)
        })
        clock.advance(4000)
      })
    cleanups.push(
      () => server.close(),
      () => client.close(),
    )
    return { server, client, next }
  }

  test('share one connection of their own and carry the credentials', async () => {
    const { server, client, next } = await probed((_, response) => sendJson(response, 200, {}))
    await client.getPath('/version')
    expect(server.connections).toBe(1)
    for (let probe = 0; probe < 5; probe += 1) expect(await next()).toBe(true)
    expect(server.connections).toBe(2)
    expect(server.requests.at(-1)).toMatchObject({
      path: '/livez',
      headers: { authorization: 'Bearer test-token-0123456789' },
    })
  })

  test.each([401, 403, 404, 429])('%s is an answer', async (code) => {
    const { next } = await probed((_, response) => sendStatus(response, code, 'Refused'))
    expect(await next()).toBe(true)
  })

  test("a gateway's word that nobody is behind it is none, and later calls use new connections", async () => {
    const { next, client, server } = await probed(({ path }, response) => {
      if (path === '/apis') sendJson(response, 200, {})
      else sendStatus(response, 502, 'BadGateway')
    })
    await client.getPath('/apis')
    expect(await next()).toBe(false)
    const before = server.connections
    await client.getPath('/apis')
    expect(server.connections).toBe(before + 1)
  })

  test('a server that is unwell but answers is alive', async () => {
    const { next } = await probed(({ path }, response) => {
      if (path === '/livez') sendStatus(response, 500, 'InternalError')
      else sendJson(response, 200, {})
    })
    expect(await next()).toBe(true)
  })

  test('nobody there is no answer', async () => {
    const { next, server } = await probed((_, response) => sendJson(response, 200, {}))
    await server.close()
    expect(await next()).toBe(false)
  })
})
