import {
  BadUrlError,
  DiskError,
  DownloadError,
  type Downloaded,
  download,
  HttpStatusError,
  IntegrityError,
  NetworkError,
  RedirectError,
} from '@hocket/download'
import { type Coroutine, coroutine, createTask, getRunningLoop } from 'hocket'
import { formatBytes, formatDuration, printable } from './format.ts'
import { makeStyler, type Styler, type Terminal } from './terminal.ts'

export interface AddressOptions {
  readonly urls: string[]
  readonly folder: string
  /** How many downloads may be under way at once. */
  readonly limit: number
  readonly terminal: Terminal
  readonly write: (text: string) => void
}

// A class of failure: its name in the report, and the exit code when nothing but it happened.
const FAILURES: [
  errorClass: abstract new (...args: never[]) => Error,
  name: string,
  code: number,
][] = [
  [BadUrlError, 'bad-url', 2],
  [IntegrityError, 'integrity', 3],
  [NetworkError, 'network', 4],
  [DiskError, 'disk', 5],
  [HttpStatusError, 'http', 1],
  [RedirectError, 'redirect', 1],
]

type Outcome = { url: string; ms: number } & ({ file: Downloaded } | { error: DownloadError })

/** Downloads each URL, `limit` of them at a time, reports each as it ends; gives the exit code. */
export const downloadAddresses: (options: AddressOptions) => Coroutine<number> = coroutine(
  async ({ urls, folder, limit, terminal, write }: AddressOptions) => {
    const style = makeStyler(terminal.colour)
    const loop = getRunningLoop()
    const begun = loop.time()
    const outcomes: Outcome[] = []
    const report = (outcome: Outcome) => {
      outcomes.push(outcome)
      write(`${describeOutcome(outcome, style)}\n`)
    }

    // One iterator for all workers: each takes the next URL when it is free. A worker that is
    // still at work when this coroutine is cancelled is cancelled by the end of run().
    const queue = urls.values()
    const workers = Array.from({ length: Math.min(limit, urls.length) }, (_, index) =>
      createTask(worker(queue, folder, report), { name: `worker ${index + 1}` }),
    )
    for (const task of workers) await task

    write(`${describeTotal(outcomes, loop.time() - begun, style)}\n`)
    return exitCode(outcomes)
  },
)

const worker = coroutine(
  async (queue: Iterable<string>, folder: string, report: (outcome: Outcome) => void) => {
    const loop = getRunningLoop()
    for (const url of queue) {
      const begun = loop.time()
      try {
        const file = await download(url, { folder })
        report({ url, ms: loop.time() - begun, file })
      } catch (error) {
        if (!(error instanceof DownloadError)) throw error
        report({ url, ms: loop.time() - begun, error })
      }
    }
  },
)

function describeOutcome(outcome: Outcome, style: Styler): string {
  if ('file' in outcome) {
    const { name, bytes } = outcome.file
    const size = formatBytes(bytes).padStart(9)
    return `${style('good', '✓')} ${name.padEnd(40)} ${size} ${formatDuration(outcome.ms).padStart(9)}`
  }
  const { error } = outcome
  return `${style('bad', '✗')} ${printable(error.url)}  ${classOf(error).name}  ${printable(error.message)}`
}

function describeTotal(outcomes: Outcome[], ms: number, style: Styler): string {
  const files = outcomes.flatMap((outcome) => ('file' in outcome ? [outcome.file] : []))
  const size = formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0))
  const failed = outcomes.length - files.length
  const total = `${files.length} of ${outcomes.length} files, ${size}, ${formatDuration(ms)}`
  return failed === 0 ? total : `${total}, ${style('bad', `${failed} failed`)}`
}

/** 0 all done; one class of failure and nothing else: its code; otherwise 1. */
function exitCode(outcomes: Outcome[]): number {
  const codes = new Set(
    outcomes.map((outcome) => ('file' in outcome ? 0 : classOf(outcome.error).code)),
  )
  const [only = 0] = codes
  return codes.size <= 1 ? only : 1
}

function classOf(error: DownloadError): { name: string; code: number } {
  const [, name = 'other', code = 1] = FAILURES.find(([its]) => error instanceof its) ?? []
  return { name, code }
}
