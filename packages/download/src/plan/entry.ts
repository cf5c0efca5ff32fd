import { stripAuthFromUrl } from '@hocket/http'
import { BadEntryError, DownloadError } from '../errors/errors.ts'
import { type Checksum, parseChecksum } from './checksum.ts'
import { badHeader } from './http-headers.ts'
import { parseHttpUrl } from './http-url.ts'
import { nameFromUrl, numberedName, type SafeNameOptions, safeName } from './safe-name.ts'

/** One file to download. A string or a URL alone stands for an entry with that URL. */
export interface DownloadEntry {
  /** Where it is; of several, which must hold the same file, the first that works is taken. */
  url: string | URL | readonly (string | URL)[]
  /** What the file shall be called, made safe; by default what the server or its URL calls it. */
  name?: string
  /** Where the file goes, in place of the run's folder. */
  folder?: string
  /** What its bytes must come to, like `sha-256=9f86d0…`. */
  checksum?: string
  /** Sent with each of its requests. */
  headers?: Readonly<Record<string, string>>
  /** Where the entry stands in its input file, counted from 1. */
  line?: number
}

/** An entry that has been looked through; what it can't be is an error for it alone. */
export interface PlannedEntry {
  /** Its place among the entries. */
  readonly index: number
  /** As it was given, without a password. */
  readonly shown: string
  readonly line: number | null
  readonly urls: readonly URL[]
  /** What it shall be called, safe; null when the server is asked. */
  readonly name: string | null
  /** What it is called if the server says nothing. */
  readonly fallbackName: string
  readonly folder: string | null
  readonly checksum: Checksum | null
  readonly headers: Readonly<Record<string, string>>
  readonly error: DownloadError | null
}

/**
 * Looks entries through, in their order. Two that would get the same name by their URLs are given
 * different ones here, and not by who is first: a run that is repeated gives the same names.
 */
export function planEntries(
  entries: Iterable<DownloadEntry | string | URL>,
  options: SafeNameOptions = {},
): PlannedEntry[] {
  const taken = new Map<string, number>()
  const planned: PlannedEntry[] = []
  for (const entry of entries) {
    const one = planEntry(entry, planned.length, options)
    planned.push(one.error === null ? withOwnName(one, taken) : one)
  }
  return planned
}

/** One entry by itself. */
export function planEntry(
  given: DownloadEntry | string | URL,
  index: number,
  options: SafeNameOptions = {},
): PlannedEntry {
  const entry: DownloadEntry =
    typeof given === 'string' || given instanceof URL ? { url: given } : given
  const list = Array.isArray(entry.url) ? entry.url : [entry.url]
  const shown = stripAuthFromUrl(list[0] ?? '')
  const planned: PlannedEntry = {
    index,
    shown,
    line: entry.line ?? null,
    urls: [],
    name: entry.name === undefined ? null : safeName(entry.name, options),
    fallbackName: '',
    folder: entry.folder ?? null,
    checksum: null,
    headers: {},
    error: null,
  }
  try {
    if (list.length === 0) throw new BadEntryError('expected a URL, got none', { url: '' })
    const urls = list.map(parseHttpUrl)
    return {
      ...planned,
      urls,
      fallbackName: planned.name ?? nameFromUrl(urls[0] as URL, options),
      checksum: checksumOf(entry.checksum, shown),
      headers: headersOf(entry.headers, shown),
    }
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error
    return { ...planned, shown: error.url, error }
  }
}

function checksumOf(text: string | undefined, url: string): Checksum | null {
  if (text === undefined) return null
  try {
    return parseChecksum(text)
  } catch (error) {
    throw new BadEntryError((error as Error).message, { url, cause: error })
  }
}

/** One that can't be sent is the mistake of its entry alone. */
function headersOf(
  headers: Readonly<Record<string, string>> = {},
  url: string,
): Readonly<Record<string, string>> {
  const bad = badHeader(headers)
  if (bad !== null) throw new BadEntryError(bad, { url })
  return headers
}

function withOwnName(entry: PlannedEntry, taken: Map<string, number>): PlannedEntry {
  // Case is ignored, as some file systems do.
  const key = (name: string) => `${entry.folder ?? ''}\0${name.toLowerCase()}`
  let name = entry.fallbackName
  let count = taken.get(key(name)) ?? 0
  if (count > 0) {
    do name = numberedName(entry.fallbackName, count++)
    while (taken.has(key(name)))
    taken.set(key(entry.fallbackName), count)
  }
  taken.set(key(name), Math.max(1, taken.get(key(name)) ?? 0))
  if (name === entry.fallbackName) return entry
  return { ...entry, fallbackName: name, name: entry.name === null ? null : name }
}
