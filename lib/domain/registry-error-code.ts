/** Why a registry could not be used. */
export const REGISTRY_ERROR_CODES = [
  // no answer
  'unreachable',
  'timeout',
  'certificate',
  // answers that mean no
  'unauthorized',
  'forbidden',
  'not-found',
  'rate-limited',
  'unavailable',
  'refused',
  // answers that make no sense
  'invalid-answer',
  // what was said about it
  'address-invalid',
  'credentials-unreadable',
] as const

export type RegistryErrorCode = (typeof REGISTRY_ERROR_CODES)[number]
