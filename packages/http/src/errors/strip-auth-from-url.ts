// Behind a scheme, behind two slashes, or behind the name of who forgot both.
const USERINFO = /^([^/\\?#:@]*(?::[/\\]*|[/\\]{2,}))[^/\\?#]*@/

/**
 * Gives what was given as a URL without a name and a password, to be put into a log; text that no
 * URL can be made of keeps the rest of what it says. aiohttp.helpers.strip_auth_from_url, which
 * gives the credentials too.
 *
 * @example
 * ```ts
 * console.log(stripAuthFromUrl('https://me:secret@example.org/a')) // https://example.org/a
 * ```
 */
export function stripAuthFromUrl(given: string | URL): string {
  const text = String(given)
  const url = given instanceof URL ? given : URL.canParse(text) ? new URL(text) : null
  // `me:secret@host` is a URL, too, of the scheme `me:`.
  if (url === null || url.host === '') return text.replace(USERINFO, '$1')
  if (url.username === '' && url.password === '') return text
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare.href
}
