import { type Coroutine, coroutine, TimeoutError, timeout as timeoutScope } from 'hocket'
import type { ClientTimeout } from '../base/client-timeout.ts'
import { ConnectionTimeoutError, ServerTimeoutError } from '../errors/connection-errors.ts'
import { stripAuthFromUrl } from '../errors/strip-auth-from-url.ts'
import type { ClientResponse } from '../message/client-response.ts'
import { EventStream, type EventStreamBehaviour, type OpenStream } from '../sse/event-stream.ts'
import { pairsOf } from './build-headers.ts'
import type { RequestOptions } from './options.ts'
import { perform } from './perform.ts'
import { parseRetryAfter } from './retry-after.ts'
import type { SessionState } from './state.ts'

/** What `session.sse` may be told: of the request, and of how the stream behaves. */
export interface SseOptions
  extends Omit<RequestOptions, 'timeout' | 'retry' | 'raiseForStatus'>,
    EventStreamBehaviour {
  /** `GET` by default. */
  method?: string | undefined
  /** Without a total: a stream has no end. `sockRead` is how long it may be silent, in ms. */
  timeout?: Omit<ClientTimeout, 'total'> | undefined
}

/** Opens a stream of events, and gives it when the server has agreed. */
export const openEvents: (
  state: SessionState,
  url: string | URL,
  options: SseOptions | undefined,
) => Coroutine<EventStream> = coroutine(function* sse(
  state: SessionState,
  url: string | URL,
  options: SseOptions = {},
) {
  const { method = 'GET', timeout = {}, headers: own, ...rest } = options
  const open: OpenStream = coroutine(function* open(headers: Readonly<Record<string, string>>) {
    const request = {
      ...rest,
      headers: [...Object.entries(headers), ...pairsOf(own)],
      timeout: { ...timeout, total: null },
      retry: null,
      raiseForStatus: false,
    }
    // The session's total is for the head of the answer, which may not keep anybody waiting for ever.
    const { total } = state.timeout
    try {
      return (yield* timeoutScope(total === 0 ? null : total, () =>
        perform(state, method, url, request),
      )) as ClientResponse
    } catch (error) {
      if (!(error instanceof TimeoutError) || error instanceof ServerTimeoutError) throw error
      throw new ConnectionTimeoutError(
        `no answer from ${stripAuthFromUrl(url)} within ${total} ms`,
        {
          cause: error,
        },
      )
    }
  })
  const stream = new EventStream(open, (response) => parseRetryAfter(response.headers), rest)
  yield* stream._connect()
  return stream
})
