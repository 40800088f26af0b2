import type { KubeObject } from './object.ts'

/** What the real platform says about itself; the only one is called `base`. Its version is the platform's to choose. */
export interface ProductBase extends KubeObject {
  spec?: { registry?: { address?: string } }
}

export const PRODUCT_GROUP = 'product.alauda.io'
export const PRODUCT_BASE_NAME = 'base'
