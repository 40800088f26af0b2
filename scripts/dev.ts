import { main } from './start/main.ts'

await main(process.argv.slice(2), { dev: true })
