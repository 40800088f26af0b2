import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { COMMANDS } from '#cli/commands.ts'
import { referencePage } from '#cli/reference-page.ts'

/** Writes docs/violet.md from the commands' definitions. */
await writeFile(resolve(import.meta.dirname, '../docs/violet.md'), referencePage(COMMANDS))
