/** A chart or image in a package. */
export interface PackageArtifactView {
  repository: string
  tag: string
  /** `absent`: listed, not in the package. */
  type: 'chart' | 'image' | 'other' | 'absent'
  platforms: string[]
  bytes: number
}

/** An image that a chart lists. */
export interface RelatedImageView {
  name: string
  repository: string
  tag: string
  supportsArm: boolean | null
  thirdParty: boolean
}
