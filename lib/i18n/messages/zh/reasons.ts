import type { ReasonParams } from '../../reason-params.ts'
import type { reasons as english } from '../en/reasons.ts'

const after = (text: string, before = '：') => (text === '' ? '' : `${before}${text}`)

const label = ({ key, expected }: ReasonParams) =>
  expected === '' || expected === 'true' ? key : `${key}（${expected}）`

const on = ({ cluster }: ReasonParams) => (cluster === '' ? '此集群' : `集群 ${cluster} `)

/** One sentence for each reason. A stranger's own message is quoted as it came. */
export const reasons: typeof english = {
  'cluster-label-missing': (p) => `${on(p)}缺少标签 ${label(p)}。`,
  'cluster-label-mismatch': (p) =>
    `${on(p)}的标签 ${p.key} 为“${p.actual}”，要求为 ${p.operator} ${p.expected}。`.replace('  ', ' '),
  'cluster-label-forbidden': (p) =>
    `不适用于带有标签 ${p.key}${after(p.actual || p.expected, '=')} 的集群，而${on(p)}带有该标签。`,
  'selector-invalid': (p) => `无法解析插件的集群规则${after(p.message || p.key)}。`,
  'plugin-conflict': (p) => `不能与${on(p)}上已安装的 ${p.plugin} 共存。`,
  'platform-version-mismatch': (p) => `要求平台版本 ${p.expected}，当前为 ${p.actual || '未知'}。`,
  'dependency-missing': (p) => `需要同一集群上的 ${p.plugin}${after(p.ranges, ' ')}，但尚未安装。`,
  'dependency-version': (p) => `需要 ${p.plugin} ${p.ranges}，已安装的是 ${p.installed}。`,
  'dependency-not-running': (p) => `需要 ${p.plugin}，它已安装但未运行。`,
  'cross-cluster-dependency-missing': (p) => `需要在某个集群上安装以下插件之一：${p.plugins || p.plugin}。`,
  'version-unknown': (p) => `版本 ${p.version} 尚未发布。`,
  'version-not-ready': (p) => `版本 ${p.version} 尚未准备好部署。`,
  'no-version-published': () => '尚未上传此插件的软件包。',
  'no-version-fits': () => '没有适合此集群的已发布版本。',
  'plugin-unknown': (p) => `没有插件 ${p.plugin}。`,
  'cluster-unknown': (p) => `没有集群 ${p.cluster}。`,
  'cluster-unreachable': (p) => `无法连接集群 ${p.cluster}${after(p.message)}。`,
  'cluster-not-running': (p) => `集群 ${p.cluster} 未运行${after(p.phase)}。`,
  'cluster-name-unfit': (p) => `“${p.cluster}”不能用作集群名称：最多 63 个小写字母、数字、“-”和“.”。`,
  'cluster-name-taken': (p) => `名称“global”属于管理集群${after(p.message)}。`,
  'cluster-name-ambiguous': (p) =>
    `多个集群都叫 ${p.cluster}，因此不选用其中任何一个${after(p.message)}。请改名，或设置 CLUSTER_NAME_PREFIX=namespace。`,
  'cluster-gateway-unknown': () => '在 Pod 内无法得知平台网关地址：请将 GATEWAY_URL 设为平台地址。',
  'cluster-kubeconfig-missing': (p) =>
    `包含其 kubeconfig 的 Secret ${p.name}-kubeconfig 还不存在${after(p.message)}。`,
  'cluster-kubeconfig-forbidden': (p) => `无权读取包含其 kubeconfig 的 Secret${after(p.message)}。`,
  'cluster-kubeconfig-broken': (p) => `其 kubeconfig 无法使用${after(p.message)}。`,
  'cluster-kubeconfig-refused': (p) =>
    `其 kubeconfig 要求“${p.message}”，这会在控制台所在机器上运行命令或读取文件，已拒绝。`,
  'already-installed': (p) => `已安装在${on(p)}上。`,
  'not-installed': (p) => `未安装在${on(p)}上。`,
  'module-type-label-missing': () => '对象缺少标签 cpaas.io/module-type: plugin。',
  'release-failed': (p) => `发布 ${p.release} 失败${after(p.message || p.reason)}`,
  'release-not-ready': (p) => `发布 ${p.release} 未就绪${after(p.message || p.reason)}`,
  'release-not-synced': (p) => `发布 ${p.release} 尚未同步${after(p.message || p.reason)}`,
  condition: (p) => `${p.type || '状况'}${after(p.reason)}${after(p.message)}`,
  'phase-failed': (p) => `平台报告阶段 ${p.phase || 'Failed'}${after(p.message)}。`,
  'phase-unknown': (p) => `平台报告阶段“${p.phase}”，控制台无法识别。`,
  'phase-pending': () => '平台已接受，尚未开始。',
  'configuration-pending': () => '新的参数等待应用。',
  'waiting-for-controller': () => '等待平台控制器处理。',
  'upgrade-path': (p) =>
    `版本 ${p.version} 只能从 ${p.range} 升级，已安装的是 ${p.installed}。请先升级到中间版本。`,
  'range-invalid': (p) => `无法解析版本范围“${p.range || p.ranges}”。`,
  'upgrade-core': () => '核心插件随集群一起升级：请升级集群。',
  'upgrade-first': (p) => `请先升级 ${p.plugin || p.plugins}。`,
  'up-to-date': (p) => `已安装最新版本${after(p.version, ' ')}。`,
  'upgrade-blocked': (p) => `平台阻止升级${after(p.message)}`,
  downgrade: (p) => `版本 ${p.version} 早于已安装的版本${after(p.installed, ' ')}。`,
  'remove-prevented': (p) => `平台阻止移除${after(p.message)}`,
  'not-deletable': (p) => p.messageZh || p.message || '此插件不可移除。',
  'needed-by': (p) => `${on(p)}上的 ${p.plugin || p.plugins} 需要它。`,
  'resource-blocks-remove': (p) =>
    `${on(p)}上仍存在${after(p.kind, ' ') || '资源'}${after(p.namespace ? `${p.namespace}/${p.name}` : p.name, ' ')}${after(p.message)}。`,
  'plugin-not-on-cluster': (p) => `${p.plugin} 未安装在${on(p)}上。`,
  'kind-unknown': (p) => `${on(p)}没有 ${p.kind} 这种资源。`,
  'resources-forbidden': (p) => `您无权列出${on(p)}上的 ${p.kind} 资源${after(p.message)}`,
  'no-parameters': () => '此插件没有参数。',
  'transition-running': () => '操作正在进行，请等待完成。',
  deleting: () => '正在卸载。',
  'version-in-use': (p) => `已安装在 ${p.cluster} 上。`,
  'malformed-object': (p) => `${p.kind || '对象'}${after(p.name, ' ')} 无法完整解析${after(p.message)}`,
}
