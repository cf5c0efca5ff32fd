import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { abortable, type Coroutine, coroutine } from 'hocket'
import { BasicAuth } from './basic-auth.ts'

/** One entry of a netrc file. */
export interface NetrcEntry {
  readonly login: string
  readonly account: string
  readonly password: string
}

/** The entries of a netrc file, by host; `default` is the one for all others. Python's netrc. */
export class Netrc {
  readonly #hosts: ReadonlyMap<string, NetrcEntry>

  private constructor(hosts: ReadonlyMap<string, NetrcEntry>) {
    this.#hosts = hosts
  }

  /** @throws {@link SyntaxError} with the line number, if it is no netrc */
  static parse(text: string): Netrc {
    const hosts = new Map<string, NetrcEntry>()
    const words = new Words(text)
    for (let word = words.peek(); word !== null; word = words.peek()) {
      words.next()
      if (word === 'machine' || word === 'default') {
        const host = word === 'default' ? '' : words.need('the name of a host')
        const entry = readEntry(words)
        if (!hosts.has(host)) hosts.set(host, entry)
      } else if (word === 'macdef') {
        words.skipMacro()
      } else {
        throw words.error(`expected 'machine', 'default' or 'macdef', got ${JSON.stringify(word)}`)
      }
    }
    return new Netrc(hosts)
  }

  /** The entry for `host`, or the default one; null if there is neither. */
  find(host: string): NetrcEntry | null {
    return this.#hosts.get(host) ?? this.#hosts.get('') ?? null
  }

  /** The same for `auth`. */
  basicAuth(host: string): BasicAuth | null {
    const entry = this.find(host)
    return entry === null ? null : new BasicAuth(entry.login || entry.account, entry.password)
  }
}

/**
 * Reads the netrc file of the user: `NETRC` of the environment says where, otherwise it is `.netrc`
 * (on Windows `_netrc`) at home. Null if there is none, it can't be read, or is none:
 * a file for other programs must not break this one. aiohttp.helpers.netrc_from_env.
 */
export const netrcFromEnv: (env?: NodeJS.ProcessEnv) => Coroutine<Netrc | null> = coroutine(
  function* netrcFromEnv(env: NodeJS.ProcessEnv = process.env) {
    const path = env['NETRC'] ?? join(homedir(), process.platform === 'win32' ? '_netrc' : '.netrc')
    try {
      return Netrc.parse(yield* abortable((signal) => readFile(path, { encoding: 'utf8', signal })))
    } catch (error) {
      if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code !== undefined) {
        return null
      }
      throw error
    }
  },
)

function readEntry(words: Words): NetrcEntry {
  const entry = { login: '', account: '', password: '' }
  for (;;) {
    const word = words.peek()
    if (word === 'login' || word === 'user') {
      words.next()
      entry.login = words.need('a login')
    } else if (word === 'account' || word === 'password') {
      words.next()
      entry[word] = words.need(`a value for ${word}`)
    } else {
      return entry
    }
  }
}

/**
 * The words of a netrc, quoted or not. A `#` where a keyword is expected begins a comment; a password
 * may well begin with one.
 */
class Words {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The next keyword, without taking it. */
  peek(): string | null {
    const comments = /(?:\s*#[^\n]*)+/y
    comments.lastIndex = this.#at
    if (comments.test(this.#text)) this.#at = comments.lastIndex
    const at = this.#at
    const word = this.next()
    this.#at = at
    return word
  }

  next(): string | null {
    const word = /\s*(?:"((?:[^"\\]|\\.)*)"|((?:[^\s\\]|\\.)+))/sy
    word.lastIndex = this.#at
    const found = word.exec(this.#text)
    if (found === null) return null
    this.#at = word.lastIndex
    return (found[1] ?? found[2] ?? '').replace(/\\(.)/gs, '$1')
  }

  need(what: string): string {
    const word = this.next()
    if (word === null) throw this.error(`expected ${what}, got the end of the file`)
    return word
  }

  /** A macro ends at an empty line. */
  skipMacro(): void {
    this.need('the name of a macro')
    const rest = this.#text.slice(this.#at)
    const end = /\n[ \t]*\r?\n/.exec(rest)
    this.#at = end === null ? this.#text.length : this.#at + end.index + end[0].length
  }

  error(message: string): SyntaxError {
    const line = this.#text.slice(0, this.#at).split('\n').length
    return new SyntaxError(`netrc, line ${line}: ${message}`)
  }
}
