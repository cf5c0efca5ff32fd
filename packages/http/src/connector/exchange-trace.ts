import type { Target } from '../base/target.ts'
import type { TraceRun } from '../trace/trace-run.ts'

/** What the trace signals are told of one exchange. */
export class ExchangeTrace {
  readonly #run: TraceRun
  readonly #method: string
  readonly #target: Target

  constructor(run: TraceRun, { method, target }: { method: string; target: Target }) {
    this.#run = run
    this.#method = method
    this.#target = target
  }

  connection(
    signal:
      | 'onConnectionQueuedStart'
      | 'onConnectionQueuedEnd'
      | 'onConnectionCreateStart'
      | 'onConnectionCreateEnd'
      | 'onConnectionReuseconn',
  ): void {
    this.#run.emit(signal, { origin: this.#target.origin })
  }

  lookup(event: 'hit' | 'miss' | 'start' | 'end', host: string): void {
    if (event === 'hit') this.#run.emit('onDnsCacheHit', { host })
    else if (event === 'miss') this.#run.emit('onDnsCacheMiss', { host })
    else if (event === 'start') this.#run.emit('onDnsResolvehostStart', { host })
    else this.#run.emit('onDnsResolvehostEnd', { host })
  }

  headersSent(raw: readonly string[]): void {
    if (!this.#run.has('onRequestHeadersSent')) return
    const headers = new Headers()
    for (let i = 0; i < raw.length; i += 2) headers.append(raw[i] as string, raw[i + 1] as string)
    const url = new URL(this.#target.href)
    this.#run.emit('onRequestHeadersSent', { method: this.#method, url, headers })
  }

  chunk(
    signal: 'onRequestChunkSent' | 'onResponseChunkReceived',
    chunk: Uint8Array | string,
  ): void {
    if (!this.#run.has(signal)) return
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    const url = new URL(this.#target.href)
    this.#run.emit(signal, { method: this.#method, url, chunk: bytes })
  }
}
