import { about } from './en/about.ts'
import { clusters } from './en/clusters.ts'
import { common } from './en/common.ts'
import { form } from './en/form.ts'
import { gallery } from './en/gallery.ts'
import { installations } from './en/installations.ts'
import { packageWarnings } from './en/package-warnings.ts'
import { packages } from './en/packages.ts'
import { picker } from './en/picker.ts'
import { plugins } from './en/plugins.ts'
import { problems } from './en/problems.ts'
import { reasons } from './en/reasons.ts'
import { shell } from './en/shell.ts'
import { upgrade } from './en/upgrade.ts'
import { verdicts } from './en/verdicts.ts'
import { yamlEditor } from './en/yaml-editor.ts'

/** Every text in English; its type is the shape that the other languages fill. */
export const en = {
  about,
  clusters,
  common,
  form,
  gallery,
  installations,
  packageWarnings,
  packages,
  picker,
  plugins,
  problems,
  reasons,
  shell,
  upgrade,
  verdicts,
  yamlEditor,
}

export type Messages = typeof en
