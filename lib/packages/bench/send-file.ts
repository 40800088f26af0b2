import { createReadStream } from 'node:fs'
import { request } from 'node:http'

/** Uploads a file, as a browser does: `node send-file.ts PORT FILE`. */
const [port = '', file = ''] = process.argv.slice(2)
createReadStream(file, { highWaterMark: 256 * 1024 }).pipe(
  request({ host: '127.0.0.1', port, method: 'POST' }, (answer) => answer.resume()),
)
