'use client'
import './globals.css'

/** The last resort, when not even the frame could be rendered: no language and no data are at hand. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto max-w-lg px-4 py-24 text-center">
          <h1 className="text-xl font-semibold">This page could not be shown</h1>
          <p lang="zh-CN" className="text-muted">
            无法显示此页面
          </p>
          {error.digest !== undefined && <p className="mt-2 font-mono text-xs text-muted">{error.digest}</p>}
          <p className="mt-4">
            {/* A full load of the same address: whatever broke starts anew. */}
            <button
              type="button"
              className="text-accent underline"
              onClick={() => {
                location.reload()
              }}
            >
              Reload · 重新加载
            </button>{' '}
            <a href="/" className="ml-4 text-accent underline">
              Start page · 首页
            </a>
          </p>
        </main>
      </body>
    </html>
  )
}
