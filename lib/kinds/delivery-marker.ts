import { PLATFORM_NAMESPACE } from './labels.ts'

/**
 * The ConfigMap (in the platform's namespace) that marks a cluster as one where deliveries are only simulated.
 * Without it the simulated delivery refuses to run; with it the console says that this platform is embedded.
 */
export const SIMULATED_DELIVERY_MARKER = {
  namespace: PLATFORM_NAMESPACE,
  name: 'simulated-delivery',
} as const
