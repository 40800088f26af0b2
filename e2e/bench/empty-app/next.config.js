import { resolve } from 'node:path'

/** The least that Next.js builds, to measure our pages against. */
export default {
  devIndicators: false,
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: resolve(import.meta.dirname, '../../..') },
}
