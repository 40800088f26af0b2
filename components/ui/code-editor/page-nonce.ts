/**
 * The nonce of the page's content security policy; empty where it has none. Its attribute is blanked by the browser,
 * so that no style sheet can read it: only the property still tells.
 */
export function pageNonce(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
}
