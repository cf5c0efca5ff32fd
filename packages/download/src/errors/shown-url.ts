const USERINFO = /^(\s*(?:[a-z][a-z0-9+.-]*:[/\\]*|[/\\]{2,}))[^/\\?#]*@/i

/** What somebody gave as a URL, whatever it is, without a name and a password. */
export function shownUrl(given: string | URL): string {
  const text = String(given)
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null) return text.replace(USERINFO, '$1')
  if (url.username === '' && url.password === '') return text
  url.username = ''
  url.password = ''
  return url.href
}
