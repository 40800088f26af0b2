import { about } from './en/about.ts'
import { clusters } from './en/clusters.ts'
import { common } from './en/common.ts'
import { form } from './en/form.ts'
import { installations } from './en/installations.ts'
import { packages } from './en/packages.ts'
import { plugins } from './en/plugins.ts'
import { problems } from './en/problems.ts'
import { reasons } from './en/reasons.ts'
import { shell } from './en/shell.ts'
import { verdicts } from './en/verdicts.ts'

/** Every text in English; its type is the shape that the other languages fill. */
export const en = {
  about,
  clusters,
  common,
  form,
  installations,
  packages,
  plugins,
  problems,
  reasons,
  shell,
  verdicts,
}

export type Messages = typeof en
