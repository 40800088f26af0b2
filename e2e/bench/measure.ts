import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '../..')

/**
 * Runs a script of the project in a process of its own, as in production, and returns the JSON that it prints.
 * @param script path from the project's root
 */
export async function measure<T>(script: string, args: readonly (string | number)[]): Promise<T> {
  const { stdout } = await run(
    process.execPath,
    ['--expose-gc', resolve(ROOT, script), ...args.map(String)],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  return JSON.parse(stdout) as T
}
