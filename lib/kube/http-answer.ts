import type { Dispatcher } from 'undici'
import { errorFromResponse } from './error-from-response.ts'
import { UnavailableError } from './kube-error.ts'
import type { KubeError } from './kube-error.ts'

/** What undici gives for a call, and what must not show up in a message about it. */
export type Answer = Dispatcher.ResponseData & { secrets: readonly string[] }

export function isSuccess(answer: Answer): boolean {
  return answer.statusCode >= 200 && answer.statusCode < 300
}

/** @throws UnavailableError for an answer of more than `maxBytes`; errors of the network as they come */
export async function readAnswer(answer: Answer, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > maxBytes)
      throw new UnavailableError(`the answer is larger than ${maxBytes} bytes`, {
        code: 503,
        reason: 'AnswerTooLarge',
      })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The typed error of an answer that is no success. Throws what `readAnswer` throws. */
export async function errorOfAnswer(answer: Answer, maxBytes: number): Promise<KubeError> {
  let text = await readAnswer(answer, maxBytes)
  for (const secret of answer.secrets) text = text.replaceAll(secret, '***')
  const header = answer.headers['retry-after']
  return errorFromResponse(
    answer.statusCode,
    parseErrorBody(text, answer.headers['content-type']),
    Array.isArray(header) ? header[0] : header,
  )
}

/** @throws UnavailableError for anything but JSON; nothing at all is null */
export function parseAnswer(text: string, server: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new UnavailableError(`${server} answered with something other than JSON: is it a Kubernetes API?`, {
      code: 503,
      reason: 'BadAnswer',
    })
  }
}

/** A `Status`, or what a plain-text answer says in its first line. */
function parseErrorBody(text: string, contentType: string | string[] | undefined): unknown {
  if (String(contentType).startsWith('text/plain'))
    return { kind: 'Status', message: text.split('\n', 1)[0]?.slice(0, 200) }
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
