/** What `hocket get` was told. Times are in ms, null is no limit; what is undefined was not said. */
export interface GetOptions {
  readonly urls: readonly string[]
  readonly output?: string
  readonly folder: string
  readonly input?: string
  readonly ifExists: 'number' | 'skip'
  readonly resume: boolean
  readonly checksum?: string
  readonly concurrency?: number
  readonly perHost?: number
  readonly pieces?: number
  readonly limitRate?: number
  readonly retries?: number
  readonly timeout?: number | null
  readonly totalTimeout?: number | null
  readonly connectTimeout?: number | null
  readonly idleTimeout?: number | null
  readonly lowSpeed?: number
  readonly failFast?: boolean
  readonly maxFailures?: number
  readonly header?: Readonly<Record<string, string>>
  readonly userAgent?: string
  readonly proxy?: string
  readonly json?: boolean
  readonly quiet?: boolean
  readonly progress: boolean
}
