#!/usr/bin/env node
// `npx violet`, on any Node from 20 on: goes on with the project's own Node.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runOnProjectNode } from '../scripts/project-node.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
try {
  await runOnProjectNode(root, join(root, 'cli/main.ts'), process.argv.slice(2))
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
