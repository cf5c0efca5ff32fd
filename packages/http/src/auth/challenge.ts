/** One way of authentication that a server offers. */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string
  /** By names in lower case. */
  readonly params: ReadonlyMap<string, string>
}

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y
const EQUALS = /[ \t]*=[ \t]*/y
const QUOTED = /"((?:[^"\\]|\\.)*)"/y
const BETWEEN = /[ \t]*(?:,[ \t]*)*/y
const TOKEN68 = /[ \t]+[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y

/**
 * The challenges of a `WWW-Authenticate` header, in order: RFC 9110 11.6.1. Several headers, joined by
 * commas, are one. It ends where it no longer understands.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = []
  let at = 0
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const found = pattern.exec(header)
    if (found !== null) at += found[0].length
    return found
  }
  for (;;) {
    take(BETWEEN)
    const name = take(TOKEN)
    if (name === null) return challenges
    const last = challenges.at(-1)
    // A word with '=' and a value behind it belongs to the challenge before it; any other begins one.
    if (last !== undefined && take(EQUALS) !== null) {
      const value = take(QUOTED)?.[1]?.replace(/\\(.)/g, '$1') ?? take(TOKEN)?.[0]
      if (value === undefined) return challenges
      last.params.set(name[0].toLowerCase(), value)
    } else {
      challenges.push({ scheme: name[0].toLowerCase(), params: new Map() })
      take(TOKEN68)
    }
  }
}

/** The pairs of an `Authentication-Info` header. */
export function parsePairs(header: string): ReadonlyMap<string, string> {
  return parseChallenges(`info ${header}`)[0]?.params ?? new Map()
}
