import type { APIRequestContext, APIResponse } from '@playwright/test'
import type { PluginDetail } from '#lib/contract/plugin.ts'
import type { Problem } from '#lib/contract/problem.ts'

/** A same-origin JSON write, as the pages send it. */
export function send(
  request: APIRequestContext,
  origin: string,
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body: unknown,
): Promise<APIResponse> {
  return request.fetch(path, {
    method,
    headers: { origin, 'content-type': 'application/json' },
    data: typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body)),
  })
}

export async function problemOf(response: APIResponse): Promise<Problem> {
  if (!(response.headers()['content-type'] ?? '').startsWith('application/problem+json'))
    throw new Error(`${response.status()} without a problem: ${await response.text()}`)
  return (await response.json()) as Problem
}

/** @param origin of the console, unless the request's context has it */
export async function pluginDetail(
  request: APIRequestContext,
  plugin: string,
  origin = '',
): Promise<PluginDetail> {
  const response = await request.get(`${origin}/api/plugins/${plugin}`)
  if (!response.ok()) throw new Error(`${response.status()}: ${await response.text()}`)
  return (await response.json()) as PluginDetail
}
