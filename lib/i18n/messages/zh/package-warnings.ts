import type { packageWarnings as en } from '../en/package-warnings.ts'

/** What is odd about a package and stops nobody, in Chinese. */
export const packageWarnings: typeof en = {
  'not-held': ({ artifact }) => `${artifact} 已列出，但不在软件包中。`,
  'not-listed': ({ artifacts }) => `在软件包中，但未列入 res/artifacts.txt：${artifacts}`,
  'held-twice': ({ blobs }) => `重复包含：${blobs}`,
  'without-use': ({ blobs }) => `包含但不属于任何制品：${blobs}`,
  'no-main-chart': ({ artifact }) => `软件包中没有主 Chart ${artifact}，插件发布时将不带其配置文件。`,
  'no-plugin-config': ({ artifact, path }) => `主 Chart ${artifact} 中没有 ${path}。`,
  'unknown-field': ({ field, path }) => `${path} 中的“${field}”无法识别，已忽略。`,
  'no-logo': () => '插件没有图标。',
  'logo-elsewhere': () => '图标不是 data:image/… URI，不会显示。',
  'logo-loads': () => '图标引用了外部文件，这些文件不会加载。',
  'not-applied': ({ object }) => `${object} 不是插件对象，不会应用。`,
  scripts: ({ paths }) => `软件包中带有脚本（不会执行）：${paths}`,
  'not-pushed': ({ artifacts }) => `未配置镜像仓库：${artifacts} 个制品未推送。`,
}
