/** What a signal is told besides its parameters: the same object for all signals of one request. */
export interface TraceContext {
  /** What `traceContext` of the request was. */
  readonly traceRequestContext: unknown
  /** Whatever the signals want to keep. */
  [key: string]: unknown
}

export interface TraceRequestStart {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
}
export interface TraceRequestHeadersSent {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
}
export interface TraceChunk {
  readonly method: string
  readonly url: URL
  readonly chunk: Uint8Array
}
export interface TraceRequestEnd {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  /** A `ClientResponse`. */
  readonly response: unknown
}
export interface TraceRequestException {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  /** What is thrown; a CancelledError too. */
  readonly exception: unknown
}
export interface TraceRequestRedirect {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  /** A `ClientResponse`: the redirect. */
  readonly response: unknown
}
export interface TraceConnection {
  readonly origin: string
}
export interface TraceHost {
  readonly host: string
}

/** What each signal is called with. */
export interface TraceSignals {
  onRequestStart: TraceRequestStart
  onRequestHeadersSent: TraceRequestHeadersSent
  onRequestChunkSent: TraceChunk
  onResponseChunkReceived: TraceChunk
  onRequestEnd: TraceRequestEnd
  onRequestException: TraceRequestException
  onRequestRedirect: TraceRequestRedirect
  onConnectionQueuedStart: TraceConnection
  onConnectionQueuedEnd: TraceConnection
  onConnectionCreateStart: TraceConnection
  onConnectionCreateEnd: TraceConnection
  onConnectionReuseconn: TraceConnection
  onDnsResolvehostStart: TraceHost
  onDnsResolvehostEnd: TraceHost
  onDnsCacheHit: TraceHost
  onDnsCacheMiss: TraceHost
}

/** Called on the spot, so it must be quick and can't wait. An error goes to the exception handler. */
export type TraceCallback<P> = (session: unknown, context: TraceContext, params: P) => void

/**
 * Functions that are told what happens to the requests of a session, as it happens.
 * aiohttp.TraceConfig, with all its signals; they are plain functions here.
 */
export type TraceConfig = { readonly [K in keyof TraceSignals]?: TraceCallback<TraceSignals[K]> }
