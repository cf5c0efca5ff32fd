import { createRequire } from 'node:module'

type ToughCookieModule = typeof import('tough-cookie')

let loaded: ToughCookieModule | undefined

/** tough-cookie. It carries the Public Suffix List: who meets no cookie does not pay for loading it. */
export function tough(): ToughCookieModule {
  loaded ??= createRequire(import.meta.url)('tough-cookie') as ToughCookieModule
  return loaded
}
