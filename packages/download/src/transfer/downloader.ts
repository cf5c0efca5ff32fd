import type { ClientSession } from '@hocket/http'
import {
  type Coroutine,
  coroutine,
  ExceptionGroup,
  getRunningLoop,
  moveOnAfter,
  RuntimeError,
  sleep,
  type TaskGroup,
  taskGroup,
} from 'hocket'
import { DeadlineError, DownloadError } from '../errors/errors.ts'
import { type Place, Places } from '../network/places.ts'
import { TokenBucket } from '../network/token-bucket.ts'
import { type DownloadEntry, type PlannedEntry, planEntries } from '../plan/entry.ts'
import { failuresAllowed } from '../plan/policy.ts'
import type { DownloadEvent, RunEvent } from './events.ts'
import { Job } from './job.ts'
import { atLeast, type DownloadAllOptions, type Settings, settingsOf } from './options.ts'
import { type DownloadReport, reportOf, resultOfDone, resultOfEnding } from './report.ts'
import type { FileResult } from './result.ts'
import { RunContext } from './run-context.ts'
import type { Steps } from './steps.ts'
import { transferFile } from './transfer-file.ts'
import { isSession, withSession } from './with-session.ts'

const STAGGERED = 32

type Entries = Iterable<DownloadEntry | string | URL>

/**
 * One run of downloads, as a tree of tasks: the run, its hosts, their files, the pieces of a file. Use
 * it in place of `downloadAll` where the report is wanted although the run was cancelled.
 */
export class Downloader {
  private readonly session: ClientSession | null
  private readonly options: DownloadAllOptions
  private readonly settings: Settings
  private readonly allowed: number
  private readonly results: FileResult[] = []
  private planned: PlannedEntry[] = []
  private group: TaskGroup | null = null
  private failures = 0
  private isListenerBroken = false
  private outcome: DownloadReport['outcome'] = 'interrupted'
  private began = 0
  private ms = 0

  /**
   * Without a session, the run has one of its own.
   *
   * @throws {@link RangeError} if an option can't be meant
   */
  constructor(session: ClientSession | null = null, options: DownloadAllOptions = {}) {
    this.session = session
    this.options = options
    this.settings = settingsOf(options)
    this.allowed = failuresAllowed(options.policy ?? 'keep-going')
    atLeast(1, options.concurrency ?? 1, 'concurrency')
    atLeast(1, options.perHost ?? 1, 'perHost')
    atLeast(1, options.totalTimeout ?? 1, 'totalTimeout')
  }

  /**
   * Downloads all of them, and gives the report; see `downloadAll`.
   *
   * @throws {@link RuntimeError} if this was run before
   */
  run(entries: Entries): Coroutine<DownloadReport> {
    return runAll(this, entries)
  }

  /** What is known by now; also after a cancellation, and while it runs. */
  report(): DownloadReport {
    const results = this.planned.map(
      (entry) =>
        this.results[entry.index] ??
        resultOfEnding(entry, null, { status: 'cancelled', error: null, ms: 0 }),
    )
    return reportOf(this.outcome, results, this.ms)
  }

  /** @internal */
  *_run(entries: Entries): Steps<DownloadReport> {
    if (this.began !== 0) throw new RuntimeError('this Downloader was run before: make a new one')
    this.began = performance.now()
    this.planned = planEntries(entries, this.settings)
    const { totalTimeout = null, rateLimit } = this.options
    const places = this.places()
    const bucket = rateLimit === undefined ? null : new TokenBucket(rateLimit)
    let isFinished = false
    try {
      isFinished = yield* withSession(this.session, (session) =>
        this.runTree(
          new RunContext({ session, settings: this.settings, places, bucket }),
          totalTimeout,
        ),
      )
      if (this.failures > this.allowed) this.outcome = 'gave-up'
      else this.outcome = isFinished ? 'finished' : 'deadline'
    } catch (error) {
      throw unwrapped(error)
    } finally {
      this.ms = performance.now() - this.began
    }
    if (this.outcome === 'deadline') this.endByDeadline(totalTimeout as number)
    return this.report()
  }

  /** False if the time was over. */
  private *runTree(context: RunContext, totalTimeout: number | null): Steps<boolean> {
    const hosts = this.byHost()
    const begin = (group: TaskGroup) => {
      this.group = group
      for (const [host, entries] of hosts) {
        void group.createTask(this.runHost(context, host, entries), { name: host })
      }
      this.stopIfEnough()
    }
    const tree = () =>
      // biome-ignore lint/correctness/useYield: the group does the waiting
      taskGroup(function* (group) {
        begin(group)
      })
    try {
      if (totalTimeout === null) {
        yield* tree()
        return true
      }
      const isThrough = yield* moveOnAfter(totalTimeout, function* () {
        yield* tree()
        return true
      })
      return isThrough === true
    } finally {
      context.close()
    }
  }

  /** What can be downloaded, by host; the others have their results at once. */
  private byHost(): Map<string, PlannedEntry[]> {
    const hosts = new Map<string, PlannedEntry[]>()
    for (const entry of this.planned) {
      if (entry.error !== null) {
        this.ended(entry, resultOfEnding(entry, null, failure(entry.error, 0)))
        continue
      }
      const { host } = entry.urls[0] as URL
      const list = hosts.get(host)
      if (list === undefined) hosts.set(host, [entry])
      else list.push(entry)
    }
    return hosts
  }

  private *runHost(
    context: RunContext,
    host: string,
    entries: readonly PlannedEntry[],
  ): Steps<void> {
    const begin = (group: TaskGroup, entry: PlannedEntry, place: Place) => {
      const task = group.createTask(this.runFile(context, entry, place), { name: entry.shown })
      // A task that is cancelled before its first step never leaves by itself.
      task.addDoneCallback(() => place.leave())
    }
    yield* taskGroup(function* (group) {
      for (const [index, entry] of entries.entries()) {
        begin(group, entry, yield* context.places.enter(host))
        // The first ones ask while the others begin, and so their answers do not come all at once.
        if (index < STAGGERED) yield* sleep(0)
      }
    })
  }

  private *runFile(context: RunContext, entry: PlannedEntry, place: Place): Steps<void> {
    const began = getRunningLoop().time()
    const job = new Job(context, entry, this.emitterOf(entry))
    const spent = () => getRunningLoop().time() - began
    try {
      const done = yield* transferFile(job, place)
      this.ended(entry, resultOfDone(entry, done, spent()))
    } catch (error) {
      if (!(error instanceof DownloadError)) {
        const ending = { status: 'cancelled', error: null, ms: spent() } as const
        this.results[entry.index] ??= resultOfEnding(entry, job, ending)
        throw error
      }
      this.ended(entry, resultOfEnding(entry, job, failure(error, spent())))
    }
  }

  private ended(entry: PlannedEntry, result: FileResult): void {
    this.results[entry.index] = result
    if (result.status === 'failed') this.failures += 1
    this.tell({ type: 'result', index: entry.index, result })
    this.stopIfEnough()
  }

  private stopIfEnough(): void {
    if (this.failures > this.allowed) this.group?.cancel()
  }

  /** What was not done by then has failed by it. */
  private endByDeadline(totalTimeout: number): void {
    for (const entry of this.planned) {
      const known = this.results[entry.index]
      if (known !== undefined && known.status !== 'cancelled') continue
      const message = `expected all files within ${totalTimeout} ms, and this one was not done`
      const { errorClass, code } = new DeadlineError(message, { url: entry.shown })
      const error = { class: errorClass, code, message }
      const base = known ?? resultOfEnding(entry, null, { status: 'cancelled', error: null, ms: 0 })
      this.results[entry.index] = { ...base, status: 'failed', error }
    }
  }

  private places(): Places {
    const { concurrency = 32, perHost = 16, adaptive = true, onEvent } = this.options
    return new Places(
      { concurrency, perHost, adaptive },
      onEvent === undefined
        ? undefined
        : {
            paused: (host, ms, reason) => this.tell({ type: 'pause', host, ms, reason }),
            limited: (host, limit) => this.tell({ type: 'limit', host, limit }),
          },
    )
  }

  private emitterOf({ index, shown }: PlannedEntry): (event: DownloadEvent) => void {
    if (this.options.onEvent === undefined) return ignore
    return (event) => this.tell({ type: 'file', index, url: shown, event })
  }

  private tell(event: RunEvent): void {
    const { onEvent } = this.options
    if (onEvent === undefined || this.isListenerBroken) return
    try {
      onEvent(event)
    } catch (error) {
      // It has ended the run; what follows is the end of the others, and not for it.
      this.isListenerBroken = true
      throw error
    }
  }
}

const runAll = coroutine(function* downloadAll(downloader: Downloader, entries: Entries) {
  return yield* downloader._run(entries)
})

/**
 * Downloads many files, over a session or over one of its own, and gives the report: what became of
 * each, in the order of the entries. A file that fails is in the report, and throws nothing; what
 * that means for the others is `policy`'s.
 *
 * One tree of tasks: the run, its hosts, their files, the pieces of a large file. Each host has a gate
 * of its own: a 429 or 503 there pauses all its files, as long as Retry-After says, and halves how
 * many may be at it. Files of a host begin in the order of the entries; which of several hosts is next
 * goes by who asked first. `rateLimit` is shared by all.
 *
 * Cancellation: every file ends as a cancelled `download` does, and leaves what can be resumed; then
 * `CancelledError` goes on. `Downloader` still has the report then.
 *
 * @throws {@link RangeError} if an option can't be meant
 */
export function downloadAll(
  session: ClientSession,
  entries: Entries,
  options?: DownloadAllOptions,
): Coroutine<DownloadReport>
export function downloadAll(
  entries: Entries,
  options?: DownloadAllOptions,
): Coroutine<DownloadReport>
export function downloadAll(
  first: ClientSession | Entries,
  second?: Entries | DownloadAllOptions,
  third?: DownloadAllOptions,
): Coroutine<DownloadReport> {
  if (isSession(first)) return new Downloader(first, third).run(second as Entries)
  return new Downloader(null, second as DownloadAllOptions | undefined).run(first)
}

function failure(error: DownloadError, ms: number) {
  return { status: 'failed', error, ms } as const
}

/** The groups of the tree say nothing to whoever has made one mistake in one place. */
function unwrapped(error: unknown): unknown {
  let inner = error
  while (inner instanceof ExceptionGroup && inner.exceptions.length === 1) {
    inner = inner.exceptions[0]
  }
  return inner
}

function ignore(): void {}
