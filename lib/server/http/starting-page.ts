import type { IncomingMessage, ServerResponse } from 'node:http'

const RETRY_SECONDS = 2

/** No style sheet and no language are at hand yet: plain, in the system's colours, in both. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>The console is starting</title>
</head>
<body style="font: 16px/1.5 system-ui, sans-serif; text-align: center; padding: 20vh 1rem 0">
<main>
<h1 style="font-size: 20px">The console is starting …</h1>
<p lang="zh-CN">控制台正在启动…</p>
<p><small>This page comes by itself · <span lang="zh-CN">页面会自动打开</span></small></p>
</main>
</body>
</html>
`

/** Whether a person waits for this answer in a browser's window, not a program. */
export function isPageVisit({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html')
}

/** Answers a page's address while nothing can be shown yet; the browser asks again by itself. */
export function sendStartingPage(response: ServerResponse): void {
  response.writeHead(503, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': String(RETRY_SECONDS),
    refresh: String(RETRY_SECONDS),
  })
  response.end(PAGE)
}
