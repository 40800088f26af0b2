/** One row per version; `next` is the revision that replaced it, `prev` the one that it replaced. */
export const SCHEMA = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -65536;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS versions (
  rv INTEGER PRIMARY KEY,
  cluster TEXT NOT NULL,
  resource TEXT NOT NULL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  deleted INTEGER NOT NULL,
  prev INTEGER,
  next INTEGER,
  labels TEXT,
  owners TEXT,
  body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS live ON versions (cluster, resource, namespace, name) WHERE next IS NULL AND deleted = 0;
CREATE INDEX IF NOT EXISTS superseded ON versions (cluster, resource, namespace, name) WHERE next IS NOT NULL;
CREATE INDEX IF NOT EXISTS by_time ON versions (cluster, resource, rv);
CREATE INDEX IF NOT EXISTS owned ON versions (cluster) WHERE owners IS NOT NULL AND next IS NULL AND deleted = 0;
`

/** What `StoredObject` has. */
export const COLUMNS = 'rv, namespace, name, labels, body'
/** Written out in each query, so that SQLite takes the partial index. */
export const LIVE = 'next IS NULL AND deleted = 0'
