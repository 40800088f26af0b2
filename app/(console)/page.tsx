import { redirect } from 'next/navigation'
import { PATHS } from '#lib/browser/paths.ts'

export default function HomePage(): never {
  redirect(PATHS.clusterPlugins)
}
