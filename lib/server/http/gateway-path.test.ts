import { expect, test } from 'vitest'
import { isGatewayPath, parseGatewayPath } from './gateway-path.ts'

test.each([
  ['/kubernetes/global/api', 'global', '/api'],
  ['/kubernetes/global', 'global', '/'],
  ['/kubernetes/global?watch=1', 'global', '/?watch=1'],
  ['/kubernetes/edge-1.eu/apis/apps/v1?x=%2e%2e/../', 'edge-1.eu', '/apis/apps/v1?x=%2e%2e/../'],
  ['/kubernetes/global//api//v1', 'global', '//api//v1'],
  ['/kubernetes/global/api/v1/x/a%2Fb/proxy/%E4%BD%A0', 'global', '/api/v1/x/a%2Fb/proxy/%E4%BD%A0'],
  ['/kubernetes/global/api/v1/...', 'global', '/api/v1/...'],
])('%s is taken as it came', (target, cluster, rest) => {
  expect(parseGatewayPath(target)).toEqual({ cluster, rest })
})

test.each([
  '/kubernetes',
  '/kubernetes/',
  '/kubernetes//api',
  '/kubernetes/../api',
  '/kubernetes/%67lobal/api',
  '/kubernetes/Global/api',
  '/kubernetes/global/../business/api',
  '/kubernetes/global/..',
  '/kubernetes/global/./api',
  '/kubernetes/global/%2e%2e/business/api',
  '/kubernetes/global/.%2E/business',
  '/kubernetes/global/..%2fbusiness/api',
  '/kubernetes/global/..%5cbusiness',
  '/kubernetes/global/..\\business',
  '/kubernetes/global/%252e%252e/business',
  '/kubernetes/global/%25252e%25252e/business',
  '/kubernetes/global/..;/business',
  '/kubernetes/global/api%zz',
  '/kubernetes/global/api%ff',
  '/kubernetes/global/api#fragment',
])('%s leads nowhere', (target) => {
  expect(parseGatewayPath(target)).toBeUndefined()
})

test('only its own folder is the gateway’s', () => {
  expect(isGatewayPath('/kubernetes/global/api')).toBe(true)
  expect(isGatewayPath('/kubernetes')).toBe(true)
  expect(isGatewayPath('/kubernetesx/global')).toBe(false)
  expect(isGatewayPath('/api/kubernetes/')).toBe(false)
})
