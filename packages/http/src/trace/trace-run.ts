import { getRunningLoop } from 'hocket'
import type { TraceConfig, TraceContext, TraceSignals } from './trace-config.ts'

/** The signals of one request. There is none where nobody listens. */
export class TraceRun {
  readonly #session: unknown
  readonly #listeners: readonly { config: TraceConfig; context: TraceContext }[]

  constructor(session: unknown, configs: readonly TraceConfig[], requestContext: unknown) {
    this.#session = session
    this.#listeners = configs.map((config) => ({
      config,
      context: { traceRequestContext: requestContext },
    }))
  }

  /** Somebody wants to be told of `name`. */
  has(name: keyof TraceSignals): boolean {
    return this.#listeners.some(({ config }) => config[name] !== undefined)
  }

  emit<K extends keyof TraceSignals>(name: K, params: TraceSignals[K]): void {
    for (const { config, context } of this.#listeners) {
      try {
        config[name]?.(this.#session, context, params)
      } catch (exception) {
        getRunningLoop().callExceptionHandler({
          message: `the trace signal ${name} threw`,
          exception,
        })
      }
    }
  }
}
