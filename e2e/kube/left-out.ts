/** Specs that do not run against a real platform, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'start.spec.ts': 'about npm start and the embedded platform’s own process and data',
  'clusters-sources.spec.ts': 'brings API servers of its own',
  'missing-crds.spec.ts': 'brings an empty API server of its own',
  'faults-clusters.spec.ts': 'brings the twenty embedded clusters that it kills',
  'faults-processes.spec.ts': 'stops and kills the embedded platform’s process',
  'faults-writes.spec.ts': 'its proxy has the certificate of the embedded platform',
  'faults-pickers.spec.ts': 'its proxy has the certificate of the embedded platform',
  'gateway.spec.ts': 'serves TLS with the certificate of the embedded platform',
  'accessibility-dark.spec.ts': 'about pages, which look the same on any platform',
  'accessibility-light.spec.ts': 'about pages, which look the same on any platform',
  'uploads-stress.spec.ts': 'about the console’s own process, memory and disk',
  'gallery.spec.ts': 'about controls, which no platform takes part in',
  'operators.spec.ts': 'about controls, which no platform takes part in',
  'keyboard.spec.ts': 'about pages, which behave the same on any platform',
  'languages.spec.ts': 'about pages, which read the same on any platform',
}
