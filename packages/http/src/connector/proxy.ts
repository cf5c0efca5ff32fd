import { Target } from '../base/target.ts'
import { InvalidURL } from '../errors/client-error.ts'

/** Where a proxy is, and what it is told. */
export interface ProxyServer {
  readonly target: Target
  /** Names and values by turns; with `Proxy-Authorization` if it wants one. */
  readonly headers: readonly string[]
}

/** @throws {@link InvalidURL} if it is no URL of `http:` or `https:` */
export function parseProxy(
  url: string | URL,
  auth: { encode(): string } | undefined,
  headers: Readonly<Record<string, string>> = {},
): ProxyServer {
  const text = String(url)
  let target: Target
  try {
    target = Target.parse(text.includes('://') ? text : `http://${text}`)
  } catch (cause) {
    throw new InvalidURL(text, 'expected the URL of a proxy, http: or https:', {
      cause,
    })
  }
  const list = Object.entries(headers).flat()
  const { username, password } = target
  if (auth !== undefined) list.push('Proxy-Authorization', auth.encode())
  else if (username !== '' || password !== '') {
    const token = Buffer.from(`${username}:${password}`).toString('base64')
    list.push('Proxy-Authorization', `Basic ${token}`)
  }
  return { target, headers: list }
}

/**
 * The proxy that the environment names for `target`; null for none. `HTTP_PROXY` in capitals is not
 * looked at where a web server may have made it from a request's header (CGI).
 */
export function proxyFromEnvironment(
  target: Target,
  env: NodeJS.ProcessEnv = process.env,
): string | null {
  const noProxy = env['no_proxy'] ?? env['NO_PROXY'] ?? ''
  if (isExcepted(target, noProxy)) return null
  const own = target.isSecure
    ? (env['https_proxy'] ?? env['HTTPS_PROXY'])
    : (env['http_proxy'] ?? (env['REQUEST_METHOD'] === undefined ? env['HTTP_PROXY'] : undefined))
  const proxy = own ?? env['all_proxy'] ?? env['ALL_PROXY']
  return proxy === undefined || proxy === '' ? null : proxy
}

/** Names are ends of names; `*` is all; a port may stand behind. */
function isExcepted(target: Target, list: string): boolean {
  const host = target.hostname.toLowerCase()
  for (const one of list.split(/[\s,]+/)) {
    if (one === '') continue
    if (one === '*') return true
    const [, name = '', port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(one.toLowerCase()) ?? []
    // An IPv6 address without brackets has colons of its own.
    const isAddress = one.split(':').length > 2 && !one.startsWith('[')
    const wanted = (isAddress ? one.toLowerCase() : name).replace(/^\*?\./, '')
    if (!isAddress && port !== undefined && Number(port) !== target.port) continue
    if (host === wanted || host.endsWith(`.${wanted}`)) return true
  }
  return false
}
