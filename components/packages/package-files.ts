export type FileFault = 'not-package' | 'stray' | 'too-large' | 'empty'

/** A chosen file with the checksum and signature that were chosen with it. */
export interface PackageFile {
  file: File
  checksum: File | null
  signature: File | null
  /** Why it isn't even sent; null when it is. */
  fault: FileFault | null
}

const PACKAGE_NAME = /\.(?:tgz|tar\.gz)$/i
const SIDECAR_NAME = /\.(?:sha256|sig)$/i

/**
 * Finds packages among chosen files, each with `<name>.sha256` and `<name>.sig`.
 * @param maxBytes null while nobody knows
 */
export function packageFiles(files: readonly File[], maxBytes: number | null): PackageFile[] {
  const named = new Map(files.map((file) => [file.name.toLowerCase(), file]))
  const beside = ({ name }: File, ending: string) => named.get(`${name}.${ending}`.toLowerCase()) ?? null
  const isSidecar = ({ name }: File) =>
    SIDECAR_NAME.test(name) && named.has(name.replace(SIDECAR_NAME, '').toLowerCase())
  return files
    .filter((file) => !isSidecar(file))
    .map((file) => ({
      file,
      checksum: beside(file, 'sha256'),
      signature: beside(file, 'sig'),
      fault: faultOf(file, maxBytes),
    }))
}

function faultOf({ name, size }: File, maxBytes: number | null): FileFault | null {
  if (SIDECAR_NAME.test(name)) return 'stray'
  if (!PACKAGE_NAME.test(name)) return 'not-package'
  if (size === 0) return 'empty'
  return maxBytes !== null && size > maxBytes ? 'too-large' : null
}
