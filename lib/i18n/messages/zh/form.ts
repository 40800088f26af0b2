import type { Messages } from '../en.ts'

/** The dynamic form. */
export const form: Messages['form'] = {
  required: '必填',
  on: '开',
  off: '关',
  notSet: '未设置',
  choose: '请选择…',
  addEntry: '添加一项',
  removeEntry: ({ position }) => `删除第 ${position} 项`,
  entry: ({ label, position }) => `${label}，第 ${position} 项`,
  noEntries: '没有条目',
  showPassword: '显示输入内容',
  hidePassword: '隐藏输入内容',
  combobox: {
    open: '显示选项',
    clear: '清除',
    noMatch: '没有匹配项。',
    free: '没有匹配项；将按输入的内容使用。',
    add: ({ text }) => `添加“${text}”`,
    remove: ({ label }) => `移除 ${label}`,
    more: ({ count }) => `还有 ${count} 项，输入以查找。`,
  },
  advanced: '高级配置',
  immutable: '安装后不可更改。',
  disabled: '由插件设定，不可更改。',
  yamlHint: 'YAML 格式',
  loading: '正在加载表单…',
  wrongCount: ({ count }) => `有 ${count} 个值需要修改。`,
  elsewhere: '服务器拒绝了此表单未显示的值：',
  errors: {
    required: () => '请填写此项。',
    type: ({ type }) =>
      type === 'number'
        ? '必须是数字。'
        : type === 'boolean'
          ? '必须是开或关。'
          : `类型不正确${type === '' ? '' : `（应为 ${type}）`}。`,
    enum: () => '请从给出的值中选择。',
    integer: () => '必须是整数。',
    minimum: ({ minimum }) => `不能小于 ${minimum}。`,
    maximum: ({ maximum }) => `不能大于 ${maximum}。`,
    minLength: ({ minLength }) => `长度至少为 ${minLength}。`,
    maxLength: ({ maxLength }) => `长度最多为 ${maxLength}。`,
    pattern: ({ pattern }) => `必须匹配 ${pattern}`,
    quantity: () => '必须是数量，例如 500m、2 或 4Gi。',
    duration: () => '必须是时长，例如 30s、5m 或 1h30m。',
    requestAboveLimit: ({ limit }) => `请求值不能大于限制值 ${limit}。`,
    duplicate: ({ key }) => `“${key}”重复。`,
    labelKey: () => '必须是标签键，例如 disk 或 example.com/disk。',
    labelValue: () => '最多 63 个字符，由字母、数字、“-”、“_”或“.”组成，首尾须为字母或数字。',
    tolerationValue: () => '“Exists”不需要值。',
    tolerationSeconds: () => '仅 NoExecute 效果可设置秒数。',
    immutable: () => '安装后不可更改。',
    schema: ({ keyword }) => `不符合插件的要求（${keyword}）。`,
    syntax: ({ message }) => `不是有效的 YAML：${message}`,
  },
  notes: {
    title: '关于此表单',
    'unknown-capability': ({ path, text }) => `${path}：控制台不认识“${text}”，已忽略。`,
    'pattern-not-enforced': ({ path, text }) => `${path}：表达式 ${text} 无法安全校验，不予强制。`,
    'path-unusable': ({ path, text }) => `${path === '' ? '' : `${path}：`}“${text}”不是可用的位置，已忽略。`,
    'schema-not-enforced': ({ text }) => `插件模式中的部分内容未强制校验：${text}`,
    'form-cut': () => '表单过长，未显示的部分保持原值。',
  },
}
