/** Everything a reason's sentence may speak of; what a reason does not carry is `''`. */
export interface ReasonParams {
  actual: string
  cluster: string
  expected: string
  installed: string
  key: string
  kind: string
  message: string
  /** The same in Chinese, where the plugin has it. */
  messageZh: string
  name: string
  namespace: string
  operator: string
  phase: string
  plugin: string
  plugins: string
  range: string
  ranges: string
  reason: string
  release: string
  type: string
  version: string
}

/** No parameter at all. */
export const NO_PARAMS: ReasonParams = {
  actual: '',
  cluster: '',
  expected: '',
  installed: '',
  key: '',
  kind: '',
  message: '',
  messageZh: '',
  name: '',
  namespace: '',
  operator: '',
  phase: '',
  plugin: '',
  plugins: '',
  range: '',
  ranges: '',
  reason: '',
  release: '',
  type: '',
  version: '',
}
