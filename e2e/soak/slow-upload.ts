import { createHash } from 'node:crypto'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Problem } from '#lib/contract/problem.ts'
import type { UploadDetail, UploadView } from '#lib/contract/upload.ts'

const PIECE_MS = 250
/** How long the line stays dead after a cut. Milliseconds. */
const DEAD_MS = 2000

export interface SlowUploadOptions {
  /** How long the whole package is on its way. */
  seconds: number
  /** When the line breaks, as shares of that time. */
  cuts: readonly number[]
  /** Told what happens, a line each. */
  say?: (line: string) => void
}

export interface SlowUploadReport {
  id: string
  /** What was sent with one request, in order. */
  parts: { offset: number; bytes: number; seconds: number; end: 'cut' | 'done' }[]
  /** As the console has it in the end: inspected, unless it refused it. */
  detail: UploadDetail
}

/**
 * Sends a package over a slow line as the Upload Packages page does: begins an upload, sends what is left as one request
 * at an even trickle, and after a break asks how much arrived and goes on from there.
 * @param origin of a running console
 * @throws Error when the console cuts the line or refuses anything
 */
export async function uploadSlowly(
  origin: string,
  bytes: Buffer,
  { seconds, cuts, say = () => undefined }: SlowUploadOptions,
): Promise<SlowUploadReport> {
  const perMs = bytes.length / (seconds * 1000)
  const started = performance.now()
  const sinceStart = () => (performance.now() - started) / 1000
  const { id } = await call<UploadView>(origin, 'POST', '/api/uploads', {
    fileName: 'slow.tgz',
    size: bytes.length,
  })
  const look = () => call<UploadDetail>(origin, 'GET', `/api/uploads/${id}`)
  const parts: SlowUploadReport['parts'] = []
  const ends = [...cuts.map((share) => Math.floor(share * bytes.length)), bytes.length]
  for (const until of ends) {
    const { received: offset } = await look()
    const from = performance.now()
    say(`${sinceStart().toFixed(0)} s: a part begins at ${offset} of ${bytes.length} bytes`)
    const isCut = until < bytes.length
    await sendPart(origin, id, offset, bytes.subarray(offset, until), { perMs, isCut, say, sinceStart })
    const took = (performance.now() - from) / 1000
    parts.push({ offset, bytes: until - offset, seconds: took, end: isCut ? 'cut' : 'done' })
    say(
      `${sinceStart().toFixed(0)} s: ${isCut ? 'the line broke' : 'all was taken'} after ${took.toFixed(0)} s`,
    )
    if (isCut) await delay(Math.min(DEAD_MS, seconds * 100))
  }
  let detail = await look()
  while (['uploading', 'reading'].includes(detail.state)) {
    await delay(100)
    detail = await look()
  }
  if (detail.state === 'inspected' && detail.contents?.sha256 !== sha256(bytes))
    throw new Error('the console read something else than was sent')
  return { id, parts, detail }
}

interface PartOptions {
  perMs: number
  isCut: boolean
  say: (line: string) => void
  sinceStart: () => number
}

/** Resolves when the part was taken, or the line was cut behind it on purpose. */
async function sendPart(
  origin: string,
  id: string,
  offset: number,
  bytes: Buffer,
  { perMs, isCut, say, sinceStart }: PartOptions,
): Promise<void> {
  const sending = httpRequest(`${origin}/api/uploads/${id}/content`, {
    method: 'PATCH',
    agent: false,
    headers: { origin, 'content-type': 'application/gzip', 'upload-offset': offset },
  })
  const refused: { error?: unknown } = {}
  const answered = answerOf<UploadView>(sending).catch((error: unknown) => {
    refused.error = error
  })
  const from = performance.now()
  let sent = 0
  let minute = Math.floor(sinceStart() / 60)
  while (sent < bytes.length && refused.error === undefined) {
    await delay(PIECE_MS)
    const due = Math.min(bytes.length, Math.ceil((performance.now() - from) * perMs))
    if (due > sent) sending.write(bytes.subarray(sent, due))
    sent = Math.max(sent, due)
    if (Math.floor(sinceStart() / 60) === minute) continue
    minute = Math.floor(sinceStart() / 60)
    say(`${minute} min: ${offset + sent} bytes sent`)
  }
  if (isCut) sending.destroy()
  else sending.end()
  await answered
  if (refused.error !== undefined && !isCut)
    throw new Error(`the console ended a part after ${sent} bytes`, { cause: refused.error })
}

/** @throws Error for anything but success, with the problem's own words */
async function answerOf<T>(sending: ReturnType<typeof httpRequest>): Promise<T> {
  const response = await new Promise<IncomingMessage>((done, fail) => {
    sending.once('response', done).once('error', fail)
  })
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk)
  const status = response.statusCode ?? 0
  if (status < 300) return JSON.parse(text) as T
  throw new Error(`${status} ${(JSON.parse(text) as Problem).detail}`)
}

function call<T>(origin: string, method: string, path: string, body?: unknown): Promise<T> {
  const sending = httpRequest(origin + path, {
    method,
    agent: false,
    headers: { origin, ...(body !== undefined && { 'content-type': 'application/json' }) },
  })
  sending.end(body === undefined ? undefined : JSON.stringify(body))
  return answerOf<T>(sending)
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
