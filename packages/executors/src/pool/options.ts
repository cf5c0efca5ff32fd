import type { BrokenExecutor } from '../errors/errors.ts'
import type { FunctionReference } from '../functions/reference.ts'
import type { Link, LinkOptions, ResourceLimits } from './link.ts'

export interface PoolOptions {
  readonly maxWorkers: number
  readonly namePrefix: string
  readonly initializer: FunctionReference | null
  readonly initargs: readonly unknown[]
  readonly maxTasksPerWorker: number
  readonly callsAtOnce: number
  readonly prefetch: boolean
  readonly maxQueue: number
  readonly graceMs: number
  readonly env: Record<string, string | undefined> | undefined
  readonly resourceLimits: ResourceLimits | undefined
  readonly kind: 'thread' | 'process'
  readonly open: (options: LinkOptions) => Link
  readonly broken: new (message: string, options: { cause?: unknown }) => BrokenExecutor
}
