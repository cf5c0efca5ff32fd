import { channel } from 'node:diagnostics_channel'

/** What the channels `hocket:http:request:…` are told; `response` with `end`, `error` with `error`. */
export interface RequestMessage {
  /** A `ClientRequest`; the same object in all messages of one request. */
  readonly request: unknown
  /** A `ClientResponse`. */
  readonly response?: unknown
  readonly error?: unknown
}

const started = channel('hocket:http:request:start')
const ended = channel('hocket:http:request:end')
const failed = channel('hocket:http:request:error')

export function publishStart(request: unknown): void {
  if (started.hasSubscribers) started.publish({ request } satisfies RequestMessage)
}

export function publishEnd(request: unknown, response: unknown): void {
  if (ended.hasSubscribers) ended.publish({ request, response } satisfies RequestMessage)
}

export function publishError(request: unknown, error: unknown): void {
  if (failed.hasSubscribers) failed.publish({ request, error } satisfies RequestMessage)
}
