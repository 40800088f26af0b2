import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { UsageError } from './usage-error.ts'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/**
 * The certificates in a file.
 * @param flag that names it, for messages
 * @returns PEM
 * @throws UsageError for a file that holds none; the file system's own errors
 */
export async function readCa(flag: string, file: string): Promise<string> {
  const certificates = (await readFile(file, 'latin1')).match(CERTIFICATE) ?? []
  if (!certificates.every(isCertificate))
    throw new UsageError(`--${flag}: ${file} holds a certificate that is damaged.`)
  if (certificates.length === 0)
    throw new UsageError(`--${flag}: ${file} holds no certificate in PEM (-----BEGIN CERTIFICATE-----).`)
  return certificates.join('\n')
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
