import type { Messages } from '../en.ts'

/** The gallery of form controls (development). */
export const gallery: Messages['gallery'] = {
  title: '表单示例库',
  intro: '表单语言的每个部分会变成什么。仅供开发使用。',
  tabs: '示例库的各部分',
  capabilities: '功能',
  searchLabel: '搜索功能',
  nothing: '没有匹配的功能。',
  playground: '试验场',
  playgroundIntro: '任意描述符和配置，以及插件使用它们时的表单。',
  descriptors: '描述符',
  config: '配置',
  control: '控件',
  value: '值',
  withoutDescriptors: '没有描述符；配置为：',
  contents: '目录',
  notList: '必须是描述符列表。',
  notObject: '必须是对象。',
  startOver: '重新开始',
  check: '检查',
  fine: '没有问题。',
}
