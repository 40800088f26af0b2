import { tmpdir } from 'node:os'

/**
 * Does `work`, which writes below `folder`: an error about a full disk then says which.
 * @throws what `work` throws
 */
export async function withSpaceIn<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error
    const advice = folder === tmpdir() ? ': $TMPDIR names another folder' : ''
    throw Object.assign(new Error(`No space is left in ${folder}${advice}`, { cause: error }), { code })
  }
}
