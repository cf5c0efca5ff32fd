import { resolve } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { stripAuthFromUrl } from '@hocket/http'
import { abandonable, abortable, type Future } from 'hocket'
import type { PartFile, PartFileOptions } from '../disk/part-file.ts'
import type { PartRecord } from '../disk/sidecar.ts'
import { describeCause } from '../errors/describe-cause.ts'
import { DiskError } from '../errors/errors.ts'
import type { Place } from '../network/places.ts'
import type { PlannedEntry } from '../plan/entry.ts'
import { nameOfDisposition } from '../plan/name-of-answer.ts'
import { nameFromUrl } from '../plan/safe-name.ts'
import { type Head, sourceOf } from './answer.ts'
import type { DownloadEvent } from './events.ts'
import type { RunContext } from './run-context.ts'

/** Everything that is known of one file while it is downloaded; it lives over all tries. */
export class Job {
  readonly run: RunContext
  readonly entry: PlannedEntry
  readonly folder: string
  readonly emit: (event: DownloadEvent) => void
  /** Mirrors that may still be tried; the first one is next. */
  readonly urls: URL[]
  readonly warnings: string[] = []
  /** Where it is at its host, or was last; null while it waits. */
  place: Place | null = null
  attempts = 0
  /** What the file is called, once that is known. */
  name: string | null = null
  /** What is on the disk so far, beyond what is held in memory. */
  part: PartFile | null = null
  /** Bytes that were on the disk when the job began. */
  resumed = 0
  received = 0
  /** In bytes, as far as the server has said. */
  size: number | null = null
  finalUrl: string
  redirects = 0
  httpStatus: number | null = null
  sha256: string | null = null
  /** The server's ranges are not what they should be: only whole files are asked for. */
  distrustsRanges = false
  /** They were, when this try began. */
  trustedRanges = true
  /** What is on the disk is of another version of the file. */
  mustRestart = false
  /** The file is put together from what came in several tries. */
  isSpliced = false

  constructor(run: RunContext, entry: PlannedEntry, emit: (event: DownloadEvent) => void) {
    this.run = run
    this.entry = entry
    this.emit = emit
    this.folder = entry.folder === null ? run.folder : resolve(entry.folder)
    this.urls = [...entry.urls]
    this.finalUrl = stripAuthFromUrl(this.url)
  }

  /** Where it is asked for now. */
  get url(): URL {
    return this.urls[0] as URL
  }

  /** The URL that is shown, and stands in the sidecar. */
  get shownUrl(): string {
    return stripAuthFromUrl(this.url)
  }

  get headers(): Record<string, string> {
    return { ...this.run.settings.headers, ...this.entry.headers }
  }

  get partOptions(): PartFileOptions {
    const { durable } = this.run.settings
    return { sync: durable !== false, syncFolder: durable === true, numbers: this.run.numbers }
  }

  /** What the file is called, now that the server has answered. */
  nameOf(head: Head): string {
    const { entry } = this
    if (entry.name !== null) return entry.name
    const options = { allowHidden: this.run.settings.allowHidden }
    const named = nameOfDisposition(head.disposition, options)
    if (named !== null) return named
    // What the plan gave it, with its number among the names of this run, unless it is elsewhere.
    return head.redirects === 0 ? entry.fallbackName : nameFromUrl(head.url, options)
  }

  /** What the sidecar shall say of the file that this answer brings. */
  recordOf(
    head: Head,
    validator: { etag: string | null; lastModified: string | null } | null,
  ): PartRecord {
    const { shownUrl } = this
    const others = this.entry.urls.map((url) => stripAuthFromUrl(url))
    return {
      urls: [shownUrl, ...others.filter((url) => url !== shownUrl)],
      source: sourceOf(head),
      size: head.length,
      etag: validator?.etag ?? null,
      lastModified: validator?.lastModified ?? null,
      resumable: validator !== null && head.length !== null && head.acceptRanges !== 'none',
    }
  }

  /**
   * A validator says that a file is the same only where it was given: two mirrors may call different
   * files `"1"`. Where there is a checksum, that has the last word.
   */
  trustsValidatorOf({ urls }: PartRecord): boolean {
    return this.entry.checksum !== null || urls[0] === this.shownUrl
  }

  /** The same once an answer is here: redirects may lead to a mirror, and to another one each time. */
  trustsAnswer(head: Head, record: PartRecord): boolean {
    return this.entry.checksum !== null || record.source === sourceOf(head)
  }

  warn(message: string): void {
    this.warnings.push(message)
    this.emit({ type: 'warning', message })
  }

  /**
   * The body is here: whoever waits for the connection has it, and has asked when this is over. What
   * follows and holds up the loop is then done while the next answer is on its way.
   */
  giveWay(): Future<void> {
    this.place?.leave()
    return abandonable(nextTurn())
  }

  /** Work on the disk that a cancel waits for, as it takes milliseconds; its errors say so. */
  onDisk<T>(work: (signal: AbortSignal) => Promise<T>): Future<T> {
    return abortable(async (signal) => {
      try {
        return await work(signal)
      } catch (error) {
        signal.throwIfAborted()
        throw this.diskError(error)
      }
    })
  }

  diskError(error: unknown): DiskError {
    return new DiskError(describeCause(error), { url: this.finalUrl, cause: error })
  }
}
