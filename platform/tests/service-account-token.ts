import { once } from 'node:events'
import { request } from 'node:https'
import { json } from 'node:stream/consumers'
import { readServerAccess } from './kubeconfig-file.ts'

/** What `kubectl create token` does: a token of a service account, on the server of a kubeconfig. */
export async function tokenOf(
  kubeconfig: string,
  namespace: string,
  serviceAccount: string,
): Promise<string> {
  const { server, ca, token } = await readServerAccess(kubeconfig)
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`
  const call = request({
    host: server.hostname,
    port: server.port,
    path,
    method: 'POST',
    ca,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  })
  call.end(JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }))
  const [answer] = await once(call, 'response')
  const { status } = (await json(answer)) as { status: { token: string } }
  return status.token
}
