// `npm run test:soak [-- SECONDS]`, on any Node from 20 on: installs if needed, then goes on with the project's own Node.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './install.mjs'
import { runOnProjectNode } from './project-node.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
try {
  await ensureInstalled(root)
  await runOnProjectNode(root, join(root, 'scripts/test/soak.ts'), process.argv.slice(2))
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
