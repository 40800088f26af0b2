/**
 * Has this process go on when nobody reads any more what it prints: a terminal that was closed, a pipe whose reader
 * ended. Without it each line that can't be written is an uncaught error, which whoever tells it turns into the next.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
