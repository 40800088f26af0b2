import { setTimeout as delay } from 'node:timers/promises'
import type { Problem } from '#lib/contract/problem.ts'
import type { UploadDetail, UploadPage, UploadRequest, UploadView } from '#lib/contract/upload.ts'

const LOOK_EVERY_MS = 50

/** What the console says when it refuses a request. */
export class ProblemAnswer extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`)
    this.problem = problem
  }
}

/** Bare calls of a console's upload API; each throws a ProblemAnswer when it is refused, Error when the line breaks. */
export interface UploadClient {
  begin(request: UploadRequest): Promise<UploadView>
  send(upload: string, bytes: Uint8Array, offset?: number): Promise<UploadView>
  /** Begins and sends in one go. */
  upload(fileName: string, bytes: Uint8Array): Promise<UploadView>
  look(upload: string): Promise<UploadDetail>
  list(): Promise<UploadView[]>
  /** Waits until neither bytes nor reading nor publishing are under way. */
  settled(upload: string): Promise<UploadDetail>
  publish(upload: string): Promise<UploadView>
  discard(upload: string): Promise<UploadView>
}

/** @param origin of a running console */
export function openUploadClient(origin: string): UploadClient {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return answerOf<T>(
      await fetch(`${origin}/api/uploads${path}`, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      }),
    )
  }
  const client: UploadClient = {
    begin: (request) => call('POST', '', request),
    send: async (upload, bytes, offset = 0) =>
      answerOf(
        await fetch(`${origin}/api/uploads/${upload}/content`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/gzip', 'upload-offset': String(offset) },
          body: new Uint8Array(bytes),
        }),
      ),
    async upload(fileName, bytes) {
      const { id } = await client.begin({ fileName, size: bytes.length })
      return client.send(id, bytes)
    },
    look: (upload) => call('GET', `/${upload}`),
    list: async () => (await call<UploadPage>('GET', '')).items,
    async settled(upload) {
      for (;;) {
        const detail = await client.look(upload)
        if (!['reading', 'publishing'].includes(detail.state)) return detail
        await delay(LOOK_EVERY_MS)
      }
    },
    publish: (upload) => call('POST', `/${upload}/publish`, {}),
    discard: (upload) => call('DELETE', `/${upload}`),
  }
  return client
}

async function answerOf<T>(response: Response): Promise<T> {
  if (!response.ok) throw new ProblemAnswer((await response.json()) as Problem)
  return (await response.json()) as T
}
