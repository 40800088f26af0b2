import type { Messages } from '../en.ts'

/** What the editor's library says, by its English wording. */
const phrases: Messages['yamlEditor']['editor']['phrases'] = {
  Completions: '补全建议',
  Diagnostics: '问题',
  'No diagnostics': '没有问题',
  'Control character': '控制字符',
  'Selection deleted': '已删除所选内容',
  close: '关闭',
  Find: '查找',
  Replace: '替换',
  next: '下一个',
  previous: '上一个',
  all: '全部',
  'match case': '区分大小写',
  regexp: '正则表达式',
  'by word': '全字匹配',
  replace: '替换',
  'replace all': '全部替换',
  'replaced match on line $': '已替换第 $ 行的匹配项',
  'replaced $ matches': '已替换 $ 处',
  'current match': '当前匹配',
  'on line': '位于行',
  'Go to line': '跳转到行',
  go: '跳转',
  '$ unchanged lines': '$ 行未更改',
}

/** The YAML side of a form. */
export const yamlEditor: Messages['yamlEditor'] = {
  editor: {
    phrases,
    hint: 'Ctrl+空格显示建议，Ctrl+F 搜索，Tab 离开编辑器；Ctrl+M（Mac：⇧⌥M）让 Tab 用于缩进。',
    indentHint: 'Tab 现在用于缩进。先按 Escape，再按 Tab 离开编辑器。',
    problemAt: ({ line, column, message }) => `第 ${line} 行第 ${column} 列：${message}`,
    moreProblems: ({ count }) => `还有 ${count} 个问题。`,
    hidden: '已隐藏的密码',
  },
  diff: {
    phrases,
    same: '没有差异。',
    differences: ({ count }) => `${count} 处差异：`,
    removed: ({ line, text }) => `第 ${line} 行，删除：${text}`,
    added: ({ line, text }) => `第 ${line} 行，新增：${text}`,
    replaced: ({ line, before, after }) => `第 ${line} 行，${before} 变为 ${after}`,
    moreDifferences: ({ count }) => `还有 ${count} 处差异。`,
  },
}
