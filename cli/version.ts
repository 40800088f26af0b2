import manifest from '../package.json' with { type: 'json' }

/** Of violet, which is the project's. */
export const VERSION: string = manifest.version
