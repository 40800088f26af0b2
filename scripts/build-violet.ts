import { chmod, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { rolldown } from 'rolldown'

/**
 * Makes `dist/violet.mjs`: violet with all it needs in one file, for Node 22.19 or newer.
 *
 *     node scripts/build-violet.ts [file]
 */
const root = resolve(import.meta.dirname, '..')
const file = resolve(process.argv[2] ?? resolve(root, 'dist/violet.mjs'))

const bundle = await rolldown({
  input: resolve(root, 'cli/standalone.ts'),
  cwd: root,
  platform: 'node',
  external: [/^node:/],
  tsconfig: false,
  // The file is always the process's own script; who asks is a module inside it.
  transform: { target: 'node22.19', define: { 'import.meta.main': 'false' } },
  onLog(level, log) {
    if (level === 'warn') console.error(log.message)
  },
})
await bundle.write({
  file,
  format: 'esm',
  codeSplitting: false,
  minify: 'dce-only',
  banner: '#!/usr/bin/env node',
})
await bundle.close()
await chmod(file, 0o755)
console.log(`${file} ${(await stat(file)).size}`)
