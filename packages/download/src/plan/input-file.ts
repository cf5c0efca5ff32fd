import type { DownloadEntry } from './entry.ts'

/** A line of an input file that says nothing that can be done. */
export interface InputProblem {
  /** Counted from 1. */
  readonly line: number
  readonly message: string
}

/**
 * Reads a list of URLs as aria2 and wget take it: one entry a line, tabs between mirrors of the same
 * file, `#` before a comment. Lines that are indented are options of the entry above them:
 * `out=NAME`, `dir=FOLDER`, `checksum=sha-256=HEX`, `header=Name: value`.
 *
 * A URL that is none is an entry all the same: the run reports it with its line.
 *
 * @example
 * ```ts
 * const { entries } = parseInputFile('https://a.test/x.png\n  out=y.png\n# nothing\n')
 * entries.length // => 1
 * entries[0]?.name // => 'y.png'
 * ```
 */
export function parseInputFile(text: string): {
  entries: DownloadEntry[]
  problems: InputProblem[]
} {
  const entries: DownloadEntry[] = []
  const problems: InputProblem[] = []
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|[\r\n]/)
  for (const [index, raw] of lines.entries()) {
    const content = raw.trim()
    if (content === '' || content.startsWith('#')) continue
    const line = index + 1
    if (/^\s/.test(raw)) {
      const entry = entries.at(-1)
      const message = entry === undefined ? 'an option before any URL' : setOption(entry, content)
      if (message !== null) problems.push({ line, message })
      continue
    }
    const urls = content.split('\t').filter((url) => url.trim() !== '')
    entries.push({ url: urls.length === 1 ? (urls[0] as string) : urls, line })
  }
  return { entries, problems }
}

/** What is wrong with the option; null if nothing is. */
function setOption(entry: DownloadEntry, content: string): string | null {
  const at = content.indexOf('=')
  const name = content.slice(0, at).trim()
  const value = content.slice(at + 1).trim()
  if (at <= 0 || value === '') return `expected an option like out=NAME, got ${wordOf(content)}`
  switch (name) {
    case 'out':
      entry.name = value
      return null
    case 'dir':
      entry.folder = value
      return null
    case 'checksum':
      entry.checksum = value
      return null
    case 'header': {
      const colon = value.indexOf(':')
      if (colon <= 0) return `expected header=Name: value, got header=${wordOf(value)}`
      const key = value.slice(0, colon).trim()
      entry.headers = { ...entry.headers, [key]: value.slice(colon + 1).trim() }
      return null
    }
    default:
      return `expected out, dir, checksum or header, got ${wordOf(name)}`
  }
}

/** What is shown of a line that is not understood: behind the first word may stand a password. */
function wordOf(text: string): string {
  const word = /^[\w-]*/.exec(text)?.[0] ?? ''
  return word.length < text.length ? `${word}…` : word
}
