import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type DownloadEntry, parseInputFile } from '@hocket/download'
import { UsageError } from '../terminal/usage-error.ts'
import type { GetOptions } from './options.ts'

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
 * @throws UsageError if the list can't be read
 */
export async function readInput(
  options: GetOptions,
  stdin: AsyncIterable<Uint8Array | string>,
): Promise<Input> {
  const { output, checksum } = options
  const entries: DownloadEntry[] = options.urls.map((url) => ({
    url,
    ...(output !== undefined && { name: basename(output) }),
    ...(output !== undefined && { folder: join(options.folder, dirname(output)) }),
    ...(checksum !== undefined && { checksum }),
  }))
  if (options.input === undefined) return { entries, rejected: [] }

  const list = parseInputFile(await readList(options.input, stdin))
  const rejected: Rejected[] = []
  const spoiled = new Map<DownloadEntry, string[]>()
  for (const { line, message } of list.problems) {
    const entry = list.entries.findLast((one) => (one.line ?? 0) < line)
    if (entry === undefined) rejected.push({ url: '', line, message })
    else spoiled.set(entry, [...(spoiled.get(entry) ?? []), `line ${line}: ${message}`])
  }
  for (const [entry, messages] of spoiled) {
    rejected.push({ url: urlOf(entry), line: entry.line ?? 0, message: messages.join('; ') })
  }
  entries.push(...list.entries.filter((entry) => !spoiled.has(entry)))
  return { entries, rejected }
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
