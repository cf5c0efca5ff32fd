import {
  BadEntryError,
  type DownloadAllOptions,
  Downloader,
  type FailurePolicy,
  type FileResult,
} from '@hocket/download'
import { ClientSession, TCPConnector } from '@hocket/http'
import {
  type Coroutine,
  coroutine,
  createTask,
  currentSignal,
  KeyboardInterrupt,
  run,
  sleep,
} from 'hocket'
import type { Io } from '../terminal/io.ts'
import { FRAME_MS } from '../terminal/progress.ts'
import { type Input, type Rejected, readInput } from './input.ts'
import type { GetOptions } from './options.ts'
import { Report } from './report.ts'
import { resumeCommand, SECRET } from './resume-command.ts'
import { summaryOf } from './summary.ts'

/** Downloads, and gives the exit code. `args` are those that the options were read from. */
export async function runGet(
  options: GetOptions,
  args: readonly string[],
  io: Io,
): Promise<number> {
  const input = await readInput(options, io.stdin)
  const rejected = input.rejected.map(resultOfRejected)
  const report = new Report({
    io,
    options,
    entries: input.entries,
    total: input.entries.length + rejected.length,
    now: () => performance.now(),
  })
  const session = makeSession(options)
  const downloader = new Downloader(
    session,
    downloadOptions(options, (event) => report.onEvent(event)),
  )
  let interrupt: KeyboardInterrupt | null = null
  for (const result of rejected) report.result(result, null)
  const isGivenUp = rejected.length >= mostFailures(options)
  try {
    if (!isGivenUp) await run(downloadWith({ input, session, downloader, report }))
  } catch (error) {
    if (!(error instanceof KeyboardInterrupt)) {
      report.abandon()
      throw error
    }
    interrupt = error
  }
  const known = isGivenUp ? null : downloader.report()
  report.rest(known?.results ?? [])
  const summary = summaryOf(known, input.entries.length, rejected.length)
  const isCut = interrupt !== null || summary.outcome === 'deadline'
  const resume = isCut ? resumeCommand(io.command, args, options) : null
  report.finish(summary, resume)
  if (resume !== null) sayHowToResume(resume, interrupt, options, io)
  return summary.exitCode
}

interface Work {
  readonly input: Input
  readonly session: ClientSession
  readonly downloader: Downloader
  readonly report: Report
}

const downloadWith: (work: Work) => Coroutine<void> = coroutine(
  async ({ input, session, downloader, report }: Work) => {
    const painter = createTask(repaint(report), { name: 'painter' })
    currentSignal().addEventListener('abort', () => report.stopping(), { once: true })
    try {
      await downloader.run(input.entries)
    } finally {
      painter.cancel()
      await session.close()
    }
  },
)

function makeSession({ userAgent, proxy, connectTimeout }: GetOptions): ClientSession {
  return new ClientSession({
    // Downloads have limits of their own.
    connector: new TCPConnector({
      limit: 0,
      trustEnv: true,
      ...(proxy !== undefined && { proxy }),
    }),
    trustEnv: true,
    ...(userAgent !== undefined && { userAgent }),
    ...(connectTimeout !== undefined && { timeout: { sockConnect: connectTimeout } }),
  })
}

const repaint = coroutine(function* (report: Report) {
  for (;;) {
    report.frame()
    yield* sleep(FRAME_MS)
  }
})

function downloadOptions(
  options: GetOptions,
  onEvent: NonNullable<DownloadAllOptions['onEvent']>,
): DownloadAllOptions {
  const given = {
    folder: options.folder,
    ifExists: options.ifExists,
    resume: options.resume,
    // Whoever names a hidden file means it.
    allowHidden: options.output !== undefined,
    sha256: options.json === true,
    policy: policyOf(options),
    onEvent,
    concurrency: options.concurrency,
    perHost: options.perHost,
    connections: options.pieces,
    rateLimit: options.limitRate,
    retries: options.retries,
    timeout: options.timeout,
    totalTimeout: options.totalTimeout,
    idleTimeout: options.idleTimeout,
    lowSpeed: options.lowSpeed,
    headers: options.header,
  }
  // What is not said is left to the downloader.
  const said = Object.entries(given).filter(([, value]) => value !== undefined)
  return Object.fromEntries(said) as DownloadAllOptions
}

function policyOf({ failFast, maxFailures }: GetOptions): FailurePolicy {
  if (failFast === true) return 'fail-fast'
  return maxFailures === undefined ? 'keep-going' : { maxFailures }
}

function mostFailures({ failFast, maxFailures }: GetOptions): number {
  return failFast === true ? 1 : (maxFailures ?? Infinity)
}

function resultOfRejected({ url: given, line, message }: Rejected): FileResult {
  const { errorClass, code, url } = new BadEntryError(message, { url: given })
  return {
    url,
    line,
    status: 'failed',
    finalUrl: null,
    path: null,
    bytes: 0,
    resumed: 0,
    attempts: 0,
    httpStatus: null,
    sha256: null,
    ms: 0,
    warnings: [],
    error: { class: errorClass, code, message },
  }
}

function sayHowToResume(
  resume: string,
  interrupt: KeyboardInterrupt | null,
  { input, json, quiet, progress }: GetOptions,
  { stderr }: Io,
): void {
  // A terminal has just shown ^C, and the cursor stands behind it, unless moving lines are there.
  const isMoving = json !== true && quiet !== true && progress
  const newLine = interrupt !== null && stderr.isTTY === true && !isMoving ? '\n' : ''
  const what = interrupt === null ? 'out of time' : 'interrupted'
  const list = input === '-' ? ', with the same list on its input' : ''
  const secret = resume.includes(SECRET) ? `, with what was there in place of ${SECRET}` : ''
  stderr.write(
    `${newLine}${what}: what has come is kept. To go on from there${list}${secret}:\n  ${resume}\n`,
  )
}
