/** @type {import('next').NextConfig} */
export default {
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
