import type { UploadVerdict } from '#lib/contract/package.ts'

type Params = Readonly<Record<string, string>>

/** `（res/resources.yaml）`, where the place inside the package is known. */
const at = ({ entry = '' }: Params) => (entry === '' ? '' : `（${entry}）`)

const registryKinds: Readonly<Record<string, string>> = {
  'registry-unreachable': '无法连接镜像仓库',
  'registry-timeout': '镜像仓库未及时响应',
  'registry-certificate': '镜像仓库的证书不受信任',
  'registry-unauthorized': '镜像仓库不接受当前凭据',
  'registry-forbidden': '镜像仓库不允许此操作',
  'registry-not-found': '镜像仓库中没有所请求的内容',
  'registry-rate-limited': '对镜像仓库的请求过于频繁',
  'registry-unavailable': '镜像仓库暂时不可用',
  'registry-refused': '镜像仓库拒绝了请求',
  'registry-invalid-answer': '镜像仓库的响应无效',
  'registry-address-invalid': '镜像仓库地址无效',
  'registry-credentials-unreadable': '无法读取镜像仓库的凭据',
}

/** Its kind, and the exact words that came with it. */
const registry =
  (code: string) =>
  ({ detail = '' }: Params) =>
    `${registryKinds[code]}${detail === '' ? '' : `（${detail}）`}`

/** What a step of an upload says, in Chinese. */
export const verdicts = {
  received: () => '已接收。',
  verified: ({ checksum, signature, signer = '' }) => {
    const sums: Record<string, string> = { ok: '校验和一致', failed: '校验和不一致' }
    const signatures: Record<string, string> = {
      ok: `由 ${signer} 签名`,
      failed: '签名无效',
      'unknown-key': '由未知密钥签名',
    }
    const said = [sums[checksum ?? ''], signatures[signature ?? '']].filter((part) => part !== undefined)
    return said.length === 0 ? '未附带校验和或签名' : said.join('，')
  },
  'not-checked': () => '此处不检查校验和与签名',
  found: ({ plugin, version, artifacts, scripts }) =>
    `${plugin} ${version}，${artifacts} 个制品${scripts === '0' ? '' : `，${scripts} 个脚本（不会执行）`}`,
  'no-artifacts': () => '软件包未列出制品',
  'not-pushed': ({ artifacts }) => `未配置镜像仓库：${artifacts} 个制品未推送`,
  'asking-registry': ({ registry }) => `正在连接 ${registry}`,
  'push-waits': ({ code, detail }) => `${registryKinds[code ?? ''] ?? detail}，正在重试`,
  pushing: ({ artifacts, registry }) => `正在将 ${artifacts} 个制品推送到 ${registry}`,
  pushed: ({ artifacts, registry }) => `${artifacts} 个制品已在 ${registry}`,
  checking: () => '正在与已发布的内容核对',
  writing: () => '正在写入对象',
  published: ({ objects }) => `已发布：${objects}`,
  unchanged: ({ plugin, version }) => `${plugin} ${version} 此前已发布，内容相同`,
  'cut-off': () => '已被中断',
  'no-space': () => '控制台磁盘空间不足',
  'not-gzip': () => '不是 gzip 文件',
  truncated: () => '文件不完整',
  corrupt: () => '文件已损坏',
  'too-large': () => '文件过大',
  'unpacked-too-large': () => '解压后的内容过大',
  'compression-ratio': () => '压缩比异常，解压后远超正常软件包',
  'too-many-entries': () => '包含的文件过多',
  'entry-path': (p) => `文件路径超出软件包范围${at(p)}`,
  'entry-path-too-long': (p) => `文件路径过长${at(p)}`,
  'entry-path-too-deep': (p) => `文件目录层级过深${at(p)}`,
  'entry-type': (p) => `包含不允许的链接或设备文件${at(p)}`,
  'duplicate-entry': (p) => `同一文件出现两次${at(p)}`,
  'file-too-large': (p) => `其中的文件过大${at(p)}`,
  'manifests-too-large': () => '制品描述过大',
  'charts-too-large': () => 'Chart 文本过大',
  timeout: () => '处理超时',
  'yaml-invalid': (p) => `文件不是有效的 YAML${at(p)}`,
  'yaml-expansion': (p) => `YAML 展开后过大${at(p)}`,
  'yaml-tag': (p) => `YAML 使用了不允许的标签${at(p)}`,
  'yaml-key': (p) => `YAML 含有不允许的键${at(p)}`,
  'yaml-too-deep': (p) => `YAML 嵌套过深${at(p)}`,
  'yaml-value': (p) => `YAML 含有不允许的值${at(p)}`,
  'resources-missing': () => '缺少 res/resources.yaml：这不是插件包',
  'plugin-missing': () => '未描述任何插件',
  'plugin-ambiguous': () => '描述了多个插件',
  'object-invalid': (p) => `其中的对象无效${at(p)}`,
  'version-missing': () => '缺少插件版本',
  'version-invalid': () => '插件版本无效',
  'text-invalid': (p) => `其中的文本不可接受${at(p)}`,
  'logo-invalid': (p) => `图标不可接受${at(p)}`,
  'artifacts-invalid': (p) => `制品清单无效${at(p)}`,
  'too-many-artifacts': () => '制品数量过多',
  'artifact-ambiguous': (p) => `无法确定所指的制品${at(p)}`,
  'artifact-incomplete': (p) => `制品不完整${at(p)}`,
  'digest-mismatch': (p) => `文件内容与摘要不符${at(p)}`,
  'chart-invalid': (p) => `主 Chart 无效${at(p)}`,
  'verification-failed': () => '校验和或签名与文件不符',
  'not-verified': () => '缺少受信任密钥的签名，而此处要求签名',
  'artifact-absent': (p) => `制品既不在包中，也不在镜像仓库中${at(p)}`,
  'tag-conflict': (p) => `镜像仓库中同名制品的内容不同${at(p)}`,
  'version-conflict': () => '此版本已发布，且内容不同',
  'registry-unreachable': registry('registry-unreachable'),
  'registry-timeout': registry('registry-timeout'),
  'registry-certificate': registry('registry-certificate'),
  'registry-unauthorized': registry('registry-unauthorized'),
  'registry-forbidden': registry('registry-forbidden'),
  'registry-not-found': registry('registry-not-found'),
  'registry-rate-limited': registry('registry-rate-limited'),
  'registry-unavailable': registry('registry-unavailable'),
  'registry-refused': registry('registry-refused'),
  'registry-invalid-answer': registry('registry-invalid-answer'),
  'registry-address-invalid': registry('registry-address-invalid'),
  'registry-credentials-unreadable': registry('registry-credentials-unreadable'),
} satisfies Record<UploadVerdict, (params: Params) => string>
