import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { type DownloadEntry, type InputProblem, parseInputFile, safeName } from '@hocket/download'
import { UsageError } from '../terminal/usage-error.ts'
import type { GetOptions } from './options.ts'

/** Of what is wrong with one entry. */
const MOST_TOLD = 10

/** A line of the list that can't be done. */
export interface Rejected {
  readonly url: string
  readonly line: number
  readonly message: string
}

export interface Input {
  readonly entries: DownloadEntry[]
  readonly rejected: Rejected[]
}

/**
 * All that shall be downloaded: the URLs of the command line, then those of the list.
 *
 * An option of the list that can't be read is not left out: without its checksum or its folder, its
 * entry would not be what was asked for. So the entry is rejected with it, and the others go on.
 *
 * @throws UsageError if the list can't be read, or no file can have the name or be in the folder
 */
export async function readInput(
  options: GetOptions,
  stdin: AsyncIterable<Uint8Array | string>,
): Promise<Input> {
  const { output, checksum } = options
  checkFolder(options.folder)
  if (output !== undefined) checkOutput(output, options.folder)
  const entries: DownloadEntry[] = options.urls.map((url) => ({
    url,
    ...(output !== undefined && { name: basename(output) }),
    ...(output !== undefined && { folder: resolve(options.folder, dirname(output)) }),
    ...(checksum !== undefined && { checksum }),
  }))
  if (options.input === undefined) return { entries, rejected: [] }

  const list = parseInputFile(await readList(options.input, stdin))
  const rejected: Rejected[] = []
  const problems = list.problems[Symbol.iterator]()
  let problem = problems.next().value
  /** Those above a line, which belong to the entry before it. */
  const problemsAbove = (line: number): InputProblem[] => {
    const found: InputProblem[] = []
    for (; problem !== undefined && problem.line < line; problem = problems.next().value) {
      found.push(problem)
    }
    return found
  }
  rejected.push(...problemsAbove(lineOf(list.entries[0])).map((one) => ({ url: '', ...one })))
  for (const [index, entry] of list.entries.entries()) {
    const own = problemsAbove(lineOf(list.entries[index + 1]))
    if (own.length === 0) entries.push(entry)
    else rejected.push({ url: urlOf(entry), line: lineOf(entry), message: told(own) })
  }
  return { entries, rejected }
}

/** Behind the list, where there is none. */
function lineOf(entry: DownloadEntry | undefined): number {
  return entry?.line ?? Infinity
}

function told(problems: readonly InputProblem[]): string {
  const some = problems.slice(0, MOST_TOLD).map(({ line, message }) => `line ${line}: ${message}`)
  const more = problems.length - some.length
  return [...some, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}

function urlOf({ url }: DownloadEntry): string {
  return String(Array.isArray(url) ? url[0] : url)
}

async function readList(input: string, stdin: AsyncIterable<Uint8Array | string>): Promise<string> {
  try {
    if (input !== '-') return await readFile(input, 'utf8')
    const chunks: Uint8Array[] = []
    for await (const chunk of stdin) {
      chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch (error) {
    const reason = (error as Error).message
    throw new UsageError(
      `expected a list of URLs after -i that can be read, got ${input}: ${reason}`,
    )
  }
}

/** @throws UsageError if it can't be said where it is */
function checkFolder(folder: string): void {
  try {
    resolve(folder)
  } catch {
    throw new UsageError('expected a current folder, got one that is gone: go to another one')
  }
}

/** @throws UsageError if no file can be called that, which must not be found out silently */
function checkOutput(output: string, folder: string): void {
  const name = basename(output)
  const isFolder = /[/\\]$/.test(output) || ['', '.', '..'].includes(name)
  if (isFolder || statSync(resolve(folder, output), { throwIfNoEntry: false })?.isDirectory()) {
    const got = JSON.stringify(output)
    throw new UsageError(`expected the name of a file after -o, got ${got}: give a folder by -d`)
  }
  const safe = safeName(name, { allowHidden: true })
  if (safe !== name) {
    const names = `${JSON.stringify(name)}: give ${JSON.stringify(safe)}`
    throw new UsageError(`expected a name after -o that every system can have, got ${names}`)
  }
}
