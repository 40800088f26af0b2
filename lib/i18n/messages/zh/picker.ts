import type { Messages } from '../en.ts'

/** Live resources in forms. */
export const picker: Messages['picker'] = {
  loading: '正在查询…',
  refresh: ({ label }) => `重新查询${label}`,
  choose: '搜索或选择',
  none: ({ kind, cluster, selector }) =>
    `集群 ${cluster} 没有${selector === '' ? '' : `带有标签 ${selector} 的`} ${kind}。`,
  cut: ({ count }) => `仅列出前 ${count} 个，输入以查找其他。`,
  missing: ({ value, cluster }) => `在集群 ${cluster} 中未找到 ${value}。`,
  clusterUnknown: ({ value }) => `没有集群 ${value}。`,
  typeInstead: '请直接输入名称。',
  typeSeveral: '请直接输入名称，每行一个。',
  noCluster: '请先选择集群：可选项从该集群查询。',
  nowhere: ({ plugin }) => `${plugin} 尚未安装在任何集群上。`,
  installFirst: ({ plugin }) => `先安装 ${plugin}`,
  namespaces: ({ names }) => `命名空间 ${names}`,
  facts: {
    address: ({ value }) => value,
    role: ({ value }) => value,
    ready: () => '就绪',
    'not-ready': () => '未就绪',
    unschedulable: () => '不接受新的 Pod',
    default: () => '默认',
    provisioner: ({ value }) => value,
    type: ({ value }) => value,
    phase: ({ value }) => value,
    capacity: ({ value }) => value,
    class: ({ value }) => `存储类 ${value}`,
    keys: ({ value }) => `${value} 个键`,
    column: ({ name, value }) => `${name} ${value}`,
    created: ({ value }) => `创建于 ${value}`,
    title: ({ value }) => value,
    version: ({ value }) => value,
    status: ({ value }) => value,
    silent: () => '未运行或无响应',
  },
}
