import { about } from './zh/about.ts'
import { clusters } from './zh/clusters.ts'
import { common } from './zh/common.ts'
import { form } from './zh/form.ts'
import { gallery } from './zh/gallery.ts'
import { installations } from './zh/installations.ts'
import { packageWarnings } from './zh/package-warnings.ts'
import { packages } from './zh/packages.ts'
import { picker } from './zh/picker.ts'
import { plugins } from './zh/plugins.ts'
import { problems } from './zh/problems.ts'
import { reasons } from './zh/reasons.ts'
import { shell } from './zh/shell.ts'
import { upgrade } from './zh/upgrade.ts'
import { verdicts } from './zh/verdicts.ts'
import { yamlEditor } from './zh/yaml-editor.ts'
import type { Messages } from './en.ts'

/** Every text in Simplified Chinese. */
export const zh: Messages = {
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
