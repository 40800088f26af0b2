import type { problems as english } from '../en/problems.ts'

/** What went wrong, why, and what to do, for each kind of problem. */
export const problems: typeof english = {
  titles: {
    'bad-request': '无法解析请求',
    unauthorized: '尚未登录',
    forbidden: '没有权限',
    'not-found': '对象不存在',
    conflict: '对象已被更改',
    invalid: '部分值不正确',
    refused: '当前无法执行',
    'too-large': '内容过大',
    'unsupported-media-type': '不支持此类文件',
    misdirected: '控制台不在此地址提供服务',
    'cross-origin': '请求来自其他站点',
    timeout: '操作超时',
    unavailable: '无法连接集群',
    internal: '发生意外错误',
  },
  hints: {
    'bad-request': '请刷新页面后重试。',
    unauthorized: '请登录后重试。',
    forbidden: '请向管理员申请权限。',
    'not-found': '可能已被移除。',
    conflict: '其他人已更改此对象，请查看其最新状态后重试。',
    invalid: '请修正标出的值。',
    refused: '',
    'too-large': '',
    'unsupported-media-type': '',
    misdirected: '请使用控制台启动时的地址。',
    'cross-origin': '请使用控制台自己的页面。',
    timeout: '请重试；所请求的操作可能已经生效。',
    unavailable: '请稍后重试。',
    internal: '请重试；若问题依旧，请查看控制台日志。',
  },
  network: '无法连接控制台',
  networkHint: '请检查网络连接，页面会持续重试。',
}
