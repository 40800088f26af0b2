/** A build for `npm run bench`, beside the real one, with one empty page more to measure against. */
const bench = process.env.BENCH_PAGES === '1'

/** @type {import('next').NextConfig} */
export default {
  distDir: bench ? '.next-bench' : '.next',
  pageExtensions: bench ? ['bench.tsx', 'tsx', 'ts'] : ['tsx', 'ts'],
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // server.ts answers paths as they came; nothing may be redirected behind its back.
  skipTrailingSlashRedirect: true,
  // `npm run types` checks the whole project; the build needn't do a part of it again. A build likes to rewrite the
  // configuration it is given, so it has one of its own.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.next.json' },
  // Logos are served as they are, from our own origin.
  images: { unoptimized: true },
  // These belong to the process around Next, never into its bundles.
  serverExternalPackages: ['@kubernetes/client-node', 'undici', 'tar-stream'],
}
