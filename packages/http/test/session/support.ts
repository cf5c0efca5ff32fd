import { type Coroutine, coroutine, type Suspension } from 'hocket'
import { Target } from '../../src/base/target.ts'
import type { RequestBody } from '../../src/body/request-body.ts'
import { ClientRequest } from '../../src/message/client-request.ts'
import type { ClientResponse } from '../../src/message/client-response.ts'

/** A request that nobody sends. */
export function requestTo(
  href: string,
  changes: { method?: string; body?: RequestBody; headers?: readonly string[] } = {},
): ClientRequest {
  return new ClientRequest({
    method: changes.method ?? 'GET',
    target: Target.parse(href),
    rawHeaders: changes.headers ?? [],
    body: changes.body ?? null,
    cookies: null,
    auth: null,
    timeout: { total: 0, connect: 0, sockConnect: 0, sockRead: 0 },
    connection: null,
    decompress: true,
    trace: null,
  })
}

/** As much of an answer as redirects and retries look at. */
export interface Answer {
  status: number
  headers?: Record<string, string>
}

export type FakeResponse = ClientResponse & { fate: string }

function responseTo(request: ClientRequest, answer: Answer): FakeResponse {
  const response = {
    status: answer.status,
    statusText: '',
    headers: new Headers(answer.headers),
    url: request.url,
    requestInfo: request.requestInfo,
    fate: 'open',
    release() {
      response.fate = 'released'
    },
    close() {
      response.fate = 'closed'
    },
  }
  return response as unknown as FakeResponse
}

/** A handler that answers as it is told, and keeps what it was asked and what it said. */
export class Script {
  readonly requests: ClientRequest[] = []
  readonly responses: FakeResponse[] = []
  readonly handler: (request: ClientRequest) => Coroutine<ClientResponse>

  constructor(
    answer: (
      request: ClientRequest,
      count: number,
    ) => Answer | Generator<Suspension, Answer, unknown>,
  ) {
    const { requests, responses } = this
    this.handler = coroutine(function* (request: ClientRequest) {
      requests.push(request)
      const given = answer(request, requests.length)
      const response = responseTo(request, 'status' in given ? given : yield* given)
      responses.push(response)
      return response as ClientResponse
    })
  }

  get fates(): string {
    return this.responses.map(({ fate }) => fate).join(' ')
  }
}

/** A body that can be sent once. */
export function spentBody(): RequestBody {
  return {
    contentType: null,
    encoding: null,
    failure: undefined,
    length: null,
    isReplayable: false,
    isUsed: true,
    open: () => {
      throw new TypeError('it was sent already')
    },
    close() {},
  }
}
