import type { Command } from './command.ts'
import { completionCommand } from './commands/completion.ts'
import { CREATE } from './commands/create.ts'
import { GC } from './commands/gc.ts'
import { LIST } from './commands/list.ts'
import { PACKAGE } from './commands/package.ts'
import { PUSH } from './commands/push.ts'
import { SHOW } from './commands/show.ts'
import { VERIFY } from './commands/verify.ts'

/** All of them, in the order of a package's life. */
export const COMMANDS: readonly Command[] = [
  CREATE,
  PACKAGE,
  SHOW,
  VERIFY,
  PUSH,
  LIST,
  GC,
  completionCommand(() => COMMANDS),
]
