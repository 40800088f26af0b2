import type { Messages } from '../en.ts'

/** What an upgrade does to the parameters. */
export const upgrade: Messages['upgrade'] = {
  title: '参数',
  nothing: '参数保持不变。',
  reading: '正在比较两个版本的参数…',
  follows: '此安装使用默认值，升级后仍使用默认值；如果您在此更改了某个值，则会写入完整的配置。',
  unknownOld: ({ version }) =>
    `${version} 已不再发布，其默认值已无从得知。您的配置中的所有值都视为由您设置。`,
  unknownOldFollows: ({ version }) =>
    `${version} 已不再发布，其默认值已无从得知。此安装将使用新版本的默认值。`,
  unusable: ({ keys }) => `您的配置中有无法保留的键，将被去除：${keys}`,
  sections: {
    needed: {
      title: ({ count }) => `现在需要填写（${count}）`,
      text: '请在下面的表单中填写。',
    },
    conflict: {
      title: ({ count }) => `冲突（${count}）`,
      text: '这些值由您设置，而新版本更改了它们的默认值。',
      mine: '保留您的值：',
      next: '使用新默认值：',
      all: { mine: '全部保留您的值', new: '全部使用新默认值' },
    },
    removed: {
      title: ({ count }) => `不再存在（${count}）`,
      text: '新版本没有这些参数。您设置过的值会保留，除非您选择去除。',
      mine: '保留：',
      next: '去除',
      all: { mine: '全部保留', new: '全部去除' },
    },
    follows: {
      title: ({ count }) => `跟随新默认值（${count}）`,
      text: '这些参数使用的是旧默认值。',
      mine: '保留旧值：',
      next: '跟随新默认值：',
      all: { mine: '全部保留旧值', new: '全部跟随新默认值' },
    },
    added: {
      title: ({ count }) => `新增（${count}）`,
      text: '新版本增加了这些参数。',
      mine: '不加入',
      next: '使用默认值：',
      all: { mine: '全部不加入', new: '全部使用默认值' },
    },
    kept: {
      title: ({ count }) => `由您设置，保留（${count}）`,
      text: '无论默认值如何，您的值保持不变。',
      mine: '保留您的值：',
      next: '使用默认值：',
      all: { mine: '全部保留您的值', new: '全部使用默认值' },
    },
  },
  oldDefault: '旧默认值：',
  absent: '未设置',
  hidden: '已隐藏',
  hiddenChanged: '已隐藏，有更改',
  changedBelow: '已在下方更改',
  answered: '已在下方填写',
  open: '待填写',
  goToFirst: '转到第一项',
  standing: '此前即如此',
  showAll: ({ count }) => `显示全部 ${count} 项`,
  formTitle: ({ version }) => `${version} 的参数`,
  willBe: '升级后的完整配置。',
  outcome: {
    title: '升级前后的配置',
    same: '只更改版本，您的配置保持不变。',
    changed: '版本与以下配置会一起写入。',
    follows: ({ version }) => `只更改版本。此安装仍没有自己的配置，使用 ${version} 的默认值。`,
    pinned: '版本与以下完整配置会一起写入；此后该安装不再使用默认值。',
    now: ({ version }) => `当前，${version}`,
    nowDefaults: ({ version }) => `当前，${version} 的默认值`,
    after: ({ version }) => `升级后，${version}`,
    afterDefaults: ({ version }) => `升级后，${version} 的默认值`,
  },
}
