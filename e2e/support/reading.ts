/** For specs that change nothing on the platform: one console, with the gallery, does for all of them on a worker. */
export const READING = { instance: 'reading', env: { CONSOLE_GALLERY: '1' } }
