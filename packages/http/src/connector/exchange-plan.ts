import type { ResolvedTimeout } from '../base/client-timeout.ts'
import type { Target } from '../base/target.ts'
import type { RequestBody } from '../body/request-body.ts'
import type { TraceRun } from '../trace/trace-run.ts'
import type { Deadline } from './deadline.ts'

/** What is sent, and how long it may take. */
export interface ExchangePlan {
  readonly method: string
  readonly target: Target
  /** Names and values by turns. */
  readonly headers: readonly string[]
  readonly body: RequestBody | null
  readonly timeout: ResolvedTimeout
  readonly deadline: Deadline | null
  readonly trace: TraceRun | null
}
