import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'
import type { Change, CollectionKey, Page, PageQuery, StoredObject } from './store-types.ts'
import { ObjectCounts } from './object-counts.ts'
import { COLUMNS, LIVE, SCHEMA } from './schema-sql.ts'
import { StoreWriteError } from './store-write-error.ts'

/** An object to write; `body` gets the revision that the write is given. */
export interface Write extends CollectionKey {
  namespace: string
  name: string
  labels: string | null
  /** JSON list of owner uids, null without owners. */
  owners: string | null
  body: (revision: number) => string
}

/** The writes of one transaction; one that failed takes the others with it. */
interface Batch {
  /** The revision before it. */
  readonly since: number
  readonly done: Promise<void>
  readonly changes: Change[]
  error: StoreWriteError | undefined
}

/**
 * Every version of every object in one table, on SQLite. Writes of one turn of the event loop share a
 * transaction; `settled()` resolves when what was written so far is on disk. A revision is never given twice.
 */
export class SqliteStore {
  /** Called after a commit, in order of revision. */
  onChange: (change: Change) => void = () => {}
  readonly #db: DatabaseSync
  readonly #historyLimit: number
  readonly #statements = new Map<string, StatementSync>()
  #counts: ObjectCounts
  #revision: number
  #compacted: number
  #batch: Batch | undefined
  #closed = false

  /**
   * @param file the database file
   * @param historyLimit how many revisions back a watch or a continued list may start
   * @param maxPages size that the file may grow to, in pages of 4 KiB; unlimited by default
   */
  constructor(file: string, historyLimit: number, maxPages?: number) {
    this.#db = new DatabaseSync(file)
    this.#db.exec(SCHEMA)
    if (maxPages !== undefined) this.#db.exec(`PRAGMA max_page_count = ${maxPages}`)
    this.#historyLimit = historyLimit
    const row = this.#prepare('SELECT MAX(rv) AS rv FROM versions').get() as { rv: number | null }
    this.#compacted = Number(this.fact('compacted') ?? '0')
    this.#revision = Math.max(row.rv ?? 1, this.#compacted)
    this.#counts = this.#countObjects()
  }

  /** The revision of the latest write, 1 in an empty store. */
  get revision(): number {
    return this.#revision
  }

  /** Watches and lists can't go back to revisions before this one. */
  get compacted(): number {
    return this.#compacted
  }

  /** Whether the file can be read. */
  get isReadable(): boolean {
    try {
      this.#prepare('SELECT 1 FROM facts LIMIT 1').get()
      return true
    } catch {
      return false
    }
  }

  /** A remembered fact about the whole store. */
  fact(name: string): string | undefined {
    const row = this.#prepare('SELECT value FROM facts WHERE name = ?').get(name) as
      | { value: string }
      | undefined
    return row?.value
  }

  setFact(name: string, value: string): void {
    this.#prepare('INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
      name,
      value,
    )
  }

  get(key: CollectionKey, namespace: string, name: string): StoredObject | undefined {
    return this.#prepare(
      `SELECT ${COLUMNS} FROM versions WHERE cluster = ? AND resource = ? AND namespace = ? AND name = ? AND ${LIVE}`,
    ).get(key.cluster, key.resource, namespace, name) as StoredObject | undefined
  }

  /** Live objects with owners, for the garbage collector. */
  owned(cluster: string): (StoredObject & { resource: string; owners: string })[] {
    return this.#prepare(
      `SELECT resource, owners, ${COLUMNS} FROM versions WHERE cluster = ? AND owners IS NOT NULL AND ${LIVE}`,
    ).all(cluster) as unknown as (StoredObject & { resource: string; owners: string })[]
  }

  /** How many objects live in a collection, or in one namespace of it. */
  count(key: CollectionKey, namespace?: string): number {
    return this.#counts.get(key, namespace)
  }

  /** Up to `limit` objects behind `after` in key order, as they were at `revision`. */
  page(key: CollectionKey, query: PageQuery): Page {
    const limit = query.limit ?? -1
    const live = this.#rows(LIVE, key, query, limit, [query.revision], 'rv <= ?')
    if (query.revision >= this.#revision) return live
    const old = this.#rows(
      'next IS NOT NULL AND deleted = 0',
      key,
      query,
      limit,
      [query.revision, query.revision],
      'rv <= ? AND next > ?',
    )
    if (old.length === 0) return live
    const all = [...live, ...old].sort(byKey)
    return limit < 0 ? all : all.slice(0, limit)
  }

  #rows(
    state: string,
    key: CollectionKey,
    query: PageQuery,
    limit: number,
    revisions: number[],
    when: string,
  ): StoredObject[] {
    const { namespace, after } = query
    const head = `SELECT ${COLUMNS} FROM versions WHERE cluster = ? AND resource = ?`
    const tail = `AND ${state} AND ${when} ORDER BY namespace, name LIMIT ?`
    const rows =
      namespace === undefined
        ? this.#prepare(`${head} AND (namespace, name) > (?, ?) ${tail}`).all(
            key.cluster,
            key.resource,
            after?.namespace ?? '',
            after?.name ?? '',
            ...revisions,
            limit,
          )
        : this.#prepare(`${head} AND namespace = ? AND name > ? ${tail}`).all(
            key.cluster,
            key.resource,
            namespace,
            after?.name ?? '',
            ...revisions,
            limit,
          )
    return rows as unknown as StoredObject[]
  }

  /** Everything that happened to a collection after a revision, oldest first. */
  *changesSince(key: CollectionKey, revision: number): Generator<Change> {
    const rows = this.#prepare(
      `SELECT v.rv, v.namespace, v.name, v.labels, v.body, v.deleted, p.rv AS prevRv,
         p.labels AS prevLabels, p.body AS prevBody
       FROM versions v LEFT JOIN versions p ON p.rv = v.prev
       WHERE v.cluster = ? AND v.resource = ? AND v.rv > ? ORDER BY v.rv`,
    ).iterate(key.cluster, key.resource, revision) as unknown as Iterable<
      StoredObject & {
        deleted: number
        prevRv: number | null
        prevLabels: string | null
        prevBody: string | null
      }
    >
    for (const { deleted, prevRv, prevLabels, prevBody, ...object } of rows)
      yield {
        ...key,
        type: deleted === 1 ? 'DELETED' : prevBody === null ? 'ADDED' : 'MODIFIED',
        object,
        previous:
          prevRv === null || prevBody === null
            ? undefined
            : { ...object, rv: prevRv, labels: prevLabels, body: prevBody },
      }
  }

  /** Writes a new object, or a new version of `previous`. Returns what is stored now. */
  put(write: Write, previous: StoredObject | undefined): StoredObject {
    return this.#append(write, previous, false)
  }

  /** Deletes `previous`; `write` is its last state. */
  remove(write: Write, previous: StoredObject): StoredObject {
    return this.#append(write, previous, true)
  }

  #append(write: Write, previous: StoredObject | undefined, deleted: boolean): StoredObject {
    const batch = this.#openBatch()
    // SQLite may have ended the transaction already: what came now would be kept for good.
    if (batch.error !== undefined) throw batch.error
    const rv = this.#revision + 1
    const { cluster, resource, namespace, name, labels } = write
    const body = write.body(rv)
    try {
      this.#insert(rv, write, body, previous, deleted)
    } catch (error) {
      batch.error = new StoreWriteError(error)
      throw batch.error
    }
    this.#revision = rv
    if (deleted) this.#counts.add(write, namespace, -1)
    else if (previous === undefined) this.#counts.add(write, namespace, 1)
    const object = { rv, namespace, name, labels, body }
    const type = deleted ? 'DELETED' : previous === undefined ? 'ADDED' : 'MODIFIED'
    batch.changes.push({ cluster, resource, type, object, previous })
    return object
  }

  #insert(
    rv: number,
    { cluster, resource, namespace, name, labels, owners }: Write,
    body: string,
    previous: StoredObject | undefined,
    deleted: boolean,
  ): void {
    this.#prepare('INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)').run(
      rv,
      cluster,
      resource,
      namespace,
      name,
      deleted ? 1 : 0,
      previous?.rv ?? null,
      labels,
      owners,
      body,
    )
    if (previous !== undefined)
      this.#prepare('UPDATE versions SET next = ? WHERE rv = ?').run(rv, previous.rv)
  }

  /** Resolves when all writes so far are durable; rejects when they could not be and are undone. */
  settled(): Promise<void> {
    return this.#batch?.done ?? Promise.resolve()
  }

  /** Resolves when no write is pending, however the last ones ended. */
  async quiet(): Promise<void> {
    while (!this.isSettled) await this.settled().catch(() => {})
  }

  get isSettled(): boolean {
    return this.#batch === undefined
  }

  #openBatch(): Batch {
    if (this.#batch !== undefined) return this.#batch
    if (this.#closed) throw new Error('the store is closed')
    try {
      this.#db.exec('BEGIN IMMEDIATE')
    } catch (error) {
      throw new StoreWriteError(error)
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    promise.catch(() => {})
    const batch: Batch = { since: this.#revision, done: promise, changes: [], error: undefined }
    this.#batch = batch
    setImmediate(() => {
      if (this.#batch !== batch) return
      try {
        this.#flush()
        resolve()
      } catch (error) {
        reject(error)
      }
    })
    return batch
  }

  #flush(): void {
    const batch = this.#batch
    if (batch === undefined) return
    this.#batch = undefined
    try {
      if (batch.error !== undefined) throw batch.error
      this.#compact()
      this.#db.exec('COMMIT')
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      // Nobody has seen the revisions of undone writes: every answer waits until its writes have settled.
      this.#revision = batch.since
      this.#compacted = Number(this.fact('compacted') ?? '0')
      this.#counts = this.#countObjects()
      throw error instanceof StoreWriteError ? error : new StoreWriteError(error)
    }
    for (const change of batch.changes) this.onChange(change)
  }

  /** Forgets history in steps, so that a write seldom pays for it. Runs inside a write's transaction. */
  #compact(): void {
    const target = this.#revision - this.#historyLimit
    if (target - this.#compacted < Math.max(1, Math.min(500, this.#historyLimit / 2))) return
    this.#forgetBefore(target)
  }

  /** Lets history begin now. @throws while writes are pending */
  forgetHistory(): void {
    if (this.#batch !== undefined) throw new Error('writes are pending')
    this.#forgetBefore(this.#revision)
  }

  #forgetBefore(target: number): void {
    const range = [this.#compacted, target] as const
    this.#prepare(
      'DELETE FROM versions WHERE rv IN (SELECT prev FROM versions WHERE rv > ? AND rv <= ? AND prev IS NOT NULL)',
    ).run(...range)
    this.#prepare('DELETE FROM versions WHERE rv > ? AND rv <= ? AND deleted = 1').run(...range)
    this.setFact('compacted', String(target))
    this.#compacted = target
  }

  #countObjects(): ObjectCounts {
    const counts = new ObjectCounts()
    const rows = this.#prepare(
      `SELECT cluster, resource, namespace, COUNT(*) AS count FROM versions WHERE ${LIVE} GROUP BY 1, 2, 3`,
    ).all() as unknown as { cluster: string; resource: string; namespace: string; count: number }[]
    for (const row of rows) counts.add(row, row.namespace, row.count)
    return counts
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  /** Makes pending writes durable and closes the file. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#flush()
    this.#db.close()
  }
}

function byKey(a: StoredObject, b: StoredObject): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
