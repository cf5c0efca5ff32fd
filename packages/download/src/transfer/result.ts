import type { ErrorClass } from '../errors/errors.ts'

/** A file that is on the disk, whole. */
export interface Downloaded {
  /** `skipped`: it was there before, and nothing was asked of the server. */
  readonly status: 'done' | 'skipped'
  /** Where it came from, after redirects. */
  readonly url: string
  readonly path: string
  /** The name it got: not the one asked for if that was taken. */
  readonly name: string
  readonly bytes: number
  /** Bytes of it that were on the disk before. */
  readonly resumed: number
  /** How often it was begun. */
  readonly attempts: number
  /** How many redirects led to it. */
  readonly redirects: number
  /** Status of the last answer; null if none was needed. */
  readonly httpStatus: number | null
  /** In hexadecimal, if it was made: for a checksum of that kind, or with `sha256: true`. */
  readonly sha256: string | null
  readonly warnings: readonly string[]
}

/** What became of one entry of a run, for machines: plain data, one JSON line. */
export interface FileResult {
  /** As it was given, without a password. */
  readonly url: string
  /** Its line in the input file. */
  readonly line: number | null
  readonly status: 'done' | 'skipped' | 'failed' | 'cancelled'
  /** After redirects. */
  readonly finalUrl: string | null
  readonly path: string | null
  readonly bytes: number
  readonly resumed: number
  readonly attempts: number
  readonly httpStatus: number | null
  readonly sha256: string | null
  readonly ms: number
  readonly warnings: readonly string[]
  readonly error: { class: ErrorClass; code: string; message: string } | null
}
