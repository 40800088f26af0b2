import type { PreparedAnswer } from '#components/shell/hydrated.tsx'
import { notFound } from 'next/navigation'
import { getLiveCursor, getServiceContext, getServices } from '#lib/server/runtime.ts'

type Services = ReturnType<typeof getServices>
type Context = ReturnType<typeof getServiceContext>

interface Wanted<T> {
  /** Of the query that the browser would otherwise ask; its key ties the answer to it. */
  query: { queryKey: readonly unknown[]; queryFn?: ((context: never) => T | Promise<T>) | symbol }
  read: (services: Services, context: Context) => Promise<T>
  /** The page is about this: without it there is no page. */
  isSubject: boolean
}

/** Pairs a browser query with the service that answers it. */
export function wanted<T>(query: Wanted<T>['query'], read: Wanted<T>['read']): Wanted<unknown> {
  return { query: { queryKey: query.queryKey }, read, isSubject: false }
}

/** As `wanted`, for what the page is about: it is not found where the answer is that there is no such thing. */
export function subject<T>(query: Wanted<T>['query'], read: Wanted<T>['read']): Wanted<unknown> {
  return { ...wanted(query, read), isSubject: true }
}

export interface Prefetched {
  /** JSON text of PreparedAnswer[]: one text travels faster than ten thousand values. */
  answers: string
  /** What the answers were made from. */
  cursor: string
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

/**
 * Reads what a page shows first, so that it arrives with its content. What can't be read now is left to the
 * browser, which asks again and explains.
 * @throws Next's not-found when the page's subject does not exist
 */
export async function prefetch(...wishes: readonly Wanted<unknown>[]): Promise<Prefetched> {
  const cursor = getLiveCursor()
  const context = getServiceContext()
  const services = getServices()
  const answers: PreparedAnswer[] = []
  const results = await Promise.allSettled(wishes.map(({ read }) => read(services, context)))
  for (const [index, result] of results.entries()) {
    const wish = wishes[index]
    if (result.status === 'rejected' && wish?.isSubject === true && codeOf(result.reason) === 'not-found')
      notFound()
    if (result.status === 'fulfilled' && wish)
      answers.push({ queryKey: wish.query.queryKey, data: result.value, at: Date.now() })
  }
  return { answers: JSON.stringify(answers), cursor }
}
