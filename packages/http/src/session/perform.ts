import {
  type Coroutine,
  coroutine,
  getRunningLoop,
  type Suspension,
  TimeoutError,
  timeout as timeoutScope,
} from 'hocket'
import { netrcFromEnv } from '../auth/netrc.ts'
import { Deadline } from '../connector/deadline.ts'
import { ServerTimeoutError } from '../errors/connection-errors.ts'
import type { ClientRequest } from '../message/client-request.ts'
import type { ClientResponse } from '../message/client-response.ts'
import { publishEnd, publishError, publishStart } from '../trace/diagnostics.ts'
import { buildRequest } from './build-request.ts'
import type { RaiseForStatus, RequestHandler, RequestOptions } from './options.ts'
import { followRedirects } from './redirect.ts'
import { withRetry } from './retry.ts'
import { type RetryPolicy, resolveRetry } from './retry-options.ts'
import { makeChain, type RunMiddleware, sendHop } from './send.ts'
import type { SessionState } from './state.ts'

type Performing = Generator<Suspension, ClientResponse, unknown>

const none: RequestOptions = {}

/** A request from its options to its answer. */
export const perform: (
  state: SessionState,
  method: string,
  url: string | URL,
  options: RequestOptions | undefined,
) => Coroutine<ClientResponse> = coroutine(function* request(
  state: SessionState,
  method: string,
  url: string | URL,
  options: RequestOptions = none,
): Performing {
  const request = buildRequest(state, method, url, options)
  const middlewares = options.middlewares?.map(runMiddleware) ?? state.middlewares
  const retry = resolveRetry(options.retry, state.retry)
  if (state.trustEnv && request.auth === null) yield* addNetrc(request)
  publishStart(request)
  tellStart(request)
  let response: ClientResponse | null = null
  try {
    // Where all that is waited for is an exchange, a timer that ends it is enough.
    response =
      middlewares.length === 0 && retry === null
        ? yield* performPlainly(state, request, options)
        : yield* performInScope(state, request, options, middlewares, retry)
    const { raiseForStatus = state.raiseForStatus } = options
    if (raiseForStatus !== false) yield* raise(raiseForStatus, response)
  } catch (error) {
    response?.close()
    publishError(request, error)
    tellFailure(request, error)
    throw error
  }
  publishEnd(request, response)
  tellEnd(request, response)
  return response
})

function* performPlainly(
  state: SessionState,
  request: ClientRequest,
  options: RequestOptions,
): Performing {
  const { total } = request._timeout
  const deadline = total > 0 ? new Deadline(total) : null
  try {
    let response = yield* sendHop(state, request, null, deadline)
    if (response.status > 299 && response.status < 400 && options.allowRedirects !== false) {
      response = yield* followOn(state, request, options, response, deadline)
    }
    deadline?.deliver()
    return response
  } catch (error) {
    deadline?.cancel()
    throw error
  }
}

/** Goes on from a first answer that may be a redirect. */
function* followOn(
  state: SessionState,
  request: ClientRequest,
  options: RequestOptions,
  first: ClientResponse,
  deadline: Deadline | null,
): Performing {
  const handler: RequestHandler = coroutine(function* hop(next: ClientRequest): Performing {
    return next === request ? first : yield* sendHop(state, next, null, deadline)
  })
  return yield* followRedirects(request, planOf(state, options, handler))
}

function* performInScope(
  state: SessionState,
  request: ClientRequest,
  options: RequestOptions,
  middlewares: readonly RunMiddleware[],
  retry: RetryPolicy | null,
): Performing {
  const { total } = request._timeout
  const chain = middlewares.length === 0 ? null : makeChain(state, middlewares, null)
  const hop: RequestHandler = coroutine((next: ClientRequest) => sendHop(state, next, chain, null))
  const plan = planOf(state, options, hop)
  const follow: RequestHandler =
    options.allowRedirects === false ? hop : (next) => followRedirects(next, plan)
  const all = () => (retry === null ? follow(request) : withRetry(request, retry, follow))
  if (total === 0) return yield* all()
  const loop = getRunningLoop()
  const end = loop.time() + total
  let response: ClientResponse
  try {
    response = yield* timeoutScope(total, all)
  } catch (error) {
    if (!(error instanceof TimeoutError) || error instanceof ServerTimeoutError) throw error
    if (loop.time() < end) throw error
    throw new ServerTimeoutError(`the request did not end within ${total} ms (total)`, {
      cause: error,
    })
  }
  response._limit(Math.max(0, end - loop.time()), loop, total)
  return response
}

function planOf(
  state: SessionState,
  options: RequestOptions,
  handler: RequestHandler,
): Parameters<typeof followRedirects>[1] {
  return {
    maxRedirects: options.maxRedirects ?? state.maxRedirects,
    handler,
    onRedirect: state.traceConfigs.length === 0 ? null : tellRedirect,
  }
}

export function runMiddleware(middleware: (...args: never[]) => unknown): RunMiddleware {
  return coroutine(middleware as never) as RunMiddleware
}

const raise = coroutine(function* raiseForStatus(
  decide: Exclude<RaiseForStatus, false>,
  response: ClientResponse,
): Generator<Suspension, void, unknown> {
  if (decide === true) response.raiseForStatus()
  else yield* coroutine(async () => await decide(response))()
})

const addNetrc = coroutine(function* addNetrc(
  request: ClientRequest,
): Generator<Suspension, void, unknown> {
  const netrc = yield* netrcFromEnv()
  request.auth = netrc?.basicAuth(request._resolveTarget().hostname) ?? null
})

function tellStart(request: ClientRequest): void {
  const trace = request._trace
  if (trace === null) return
  const { method, url, headers } = request
  trace.emit('onRequestStart', { method, url, headers })
}

function tellEnd(request: ClientRequest, response: ClientResponse): void {
  const trace = request._trace
  if (trace === null) return
  const { method, url, headers } = request
  trace.emit('onRequestEnd', { method, url, headers, response })
}

function tellFailure(request: ClientRequest, exception: unknown): void {
  const trace = request._trace
  if (trace === null) return
  const { method, url, headers } = request
  trace.emit('onRequestException', { method, url, headers, exception })
}

function tellRedirect(request: ClientRequest, response: ClientResponse): void {
  const { method, url, headers } = request
  request._trace?.emit('onRequestRedirect', { method, url, headers, response })
}
