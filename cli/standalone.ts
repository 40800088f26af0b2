import { main } from './main.ts'

/** The entry of the one file that ships: it is always the process's own script, on Nodes that can't tell, too. */
await main(process.argv.slice(2))
