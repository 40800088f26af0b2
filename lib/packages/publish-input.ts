import type { KubeClient } from '#lib/kube/kube-client.ts'
import type { PackageContents } from './package-contents.ts'
import type { PushInput } from './registry/push-artifacts.ts'
import type { Verdict } from './verify/verdict.ts'

export interface PublishInput {
  /** The global cluster's API, with the rights of the person uploading. */
  client: KubeClient
  contents: PackageContents
  /** Name of the package file. */
  fileName: string
  uploadedBy: string | null
  /** Now, unless given. */
  uploadedAt?: Date
  signal?: AbortSignal
  /** Where artifacts go, and the folder with the package's blobs; without it they are not pushed, and that is said. */
  push?: Omit<PushInput, 'contents' | 'replace' | 'signal'> | undefined
  /** Where the artifacts are said to be already, when they are not pushed now: `host[:port][/prefix]`. */
  registry?: string | undefined
  /** A version that stands with other content, or a tag, is given this content; else that is refused. */
  replace?: boolean
  /** What checksum and signature said. */
  verification?: Verdict | undefined
}

/** What was done to one object. */
export interface Change {
  kind: string
  name: string
  change: 'created' | 'updated' | 'unchanged'
}
