import { VirtualHost } from '@hocket/testing'
import { createTask, EventLoop, getRunningLoop, run, sleep, timeout } from 'hocket'
import { describe, expect, test } from 'vitest'
import { ClientPayloadError } from '../../src/errors/client-error.ts'
import {
  ClientConnectorCertificateError,
  ClientConnectorDNSError,
  ClientConnectorError,
  ConnectionTimeoutError,
  ServerDisconnectedError,
  ServerTimeoutError,
  SocketTimeoutError,
} from '../../src/errors/connection-errors.ts'
import { withRetry } from '../../src/session/retry.ts'
import { RetryBudget } from '../../src/session/retry-budget.ts'
import {
  type RetryOptions,
  type RetryPolicy,
  resolveRetry,
} from '../../src/session/retry-options.ts'
import { type Answer, requestTo, Script, spentBody } from './support.ts'

const at = { host: 'a.org', port: 80 }
const policyOf = (options: RetryOptions = {}) => resolveRetry(options, null) as RetryPolicy
const virtually = { loopFactory: () => new EventLoop({ host: new VirtualHost() }) }

/** Answers one after the other, the last one for ever, and when each was asked for. */
function play(
  answers: readonly (Answer | Error | number)[],
  options: RetryOptions = {},
  request = requestTo('http://a.org/'),
) {
  const times: number[] = []
  const script = new Script((_, count) => {
    times.push(getRunningLoop().time())
    const answer = answers[Math.min(count, answers.length) - 1] as Answer | Error | number
    if (answer instanceof Error) throw answer
    return typeof answer === 'number' ? { status: answer } : answer
  })
  const outcome = run(withRetry(request, policyOf(options), script.handler), virtually).then(
    (response) => response.status,
    (error: unknown) => (error as Error).name,
  )
  return outcome.then((outcome) => ({ outcome, times, script }))
}

describe('withRetry', () => {
  test('waits longer each time, up to the most, and gives up with the last answer', async () => {
    const options = { attempts: 6, backoff: { base: 100, max: 500 }, jitter: false }
    const { outcome, times, script } = await play([503], options)
    expect([outcome, times]).toEqual([503, [0, 100, 300, 700, 1200, 1700]])
    expect(script.fates).toBe('released released released released released open')
  })

  test('waits a random part of it', async () => {
    const random = [0.5, 0, 0.25].values()
    const options = { attempts: 4, random: () => random.next().value as number }
    expect((await play([503], options)).times).toEqual([0, 250, 250, 750])
  })

  test('stops at the first good answer', async () => {
    const { outcome, times } = await play([503, new ServerDisconnectedError(), 200], {
      jitter: false,
    })
    expect([outcome, times]).toEqual([200, [0, 500, 1500]])
  })

  test.each([400, 401, 404, 501, 505])('does not try %i again', async (status) => {
    expect((await play([status])).times).toHaveLength(1)
  })

  test.each([408, 425, 429, 500, 502, 503, 504])('tries %i again', async (status) => {
    expect((await play([status, 200])).outcome).toBe(200)
  })

  test.each<[string, Error, boolean, boolean]>([
    ['a connection that was lost', new ServerDisconnectedError(), true, false],
    ['an answer that does not come', new SocketTimeoutError('late'), true, false],
    ['no connection', new ClientConnectorError('refused', at), true, true],
    ['no connection in time', new ConnectionTimeoutError('late'), true, true],
    ['the end of all time', new ServerTimeoutError('over'), false, false],
    ['a bad certificate', new ClientConnectorCertificateError('bad', at), false, false],
    [
      'no such host',
      new ClientConnectorDNSError('none', { ...at, cause: { code: 'ENOTFOUND' } }),
      false,
      false,
    ],
    [
      'no answer of the DNS',
      new ClientConnectorDNSError('?', { ...at, cause: { code: 'EAI_AGAIN' } }),
      true,
      true,
    ],
    ['a bad body', new ClientPayloadError('cut'), false, false],
    ['a mistake', new TypeError('oops'), false, false],
  ])('%s', async (_, error, repeatsGet, repeatsPost) => {
    expect((await play([error, 200])).outcome).toBe(repeatsGet ? 200 : error.name)
    const post = requestTo('http://a.org/', { method: 'POST' })
    expect((await play([error, 200], {}, post)).outcome).toBe(repeatsPost ? 200 : error.name)
  })

  test('sends a POST once, unless it is allowed to', async () => {
    const post = requestTo('http://a.org/', { method: 'POST' })
    expect((await play([503, 200], {}, post)).outcome).toBe(503)
    expect((await play([503, 200], { methods: ['post'] }, post)).outcome).toBe(200)
  })

  test('sends a stream once', async () => {
    const put = requestTo('http://a.org/', { method: 'PUT', body: spentBody() })
    expect((await play([503, 200], {}, put)).outcome).toBe(503)
  })

  test('gives each try a request of its own', async () => {
    const request = requestTo('http://a.org/')
    const { script } = await play([503, 200], {}, request)
    const [first, second] = script.requests
    expect(new Set([request, first, second]).size).toBe(3)
  })
})

describe('Retry-After', () => {
  const after = (text: string, headers = {}): Answer => ({
    status: 429,
    headers: { 'retry-after': text, ...headers },
  })

  test('is the least wait, in seconds or as a date', async () => {
    expect((await play([after('7'), 200])).times).toEqual([0, 7000])
    const date = { date: 'Thu, 01 Jan 2026 00:00:00 GMT' }
    expect((await play([after('Thu, 01 Jan 2026 00:00:09 GMT', date), 200])).times).toEqual([
      0, 9000,
    ])
  })

  test('in the past is no wait at all', async () => {
    const now = () => Date.UTC(2026, 0, 1)
    const options = { now, random: () => 0 }
    expect((await play([after('Wed, 31 Dec 2025 00:00:00 GMT'), 200], options)).times).toEqual([
      0, 0,
    ])
  })

  test('beyond what is allowed is the end, and nobody comes back early', async () => {
    expect(await play([after('61'), 200])).toMatchObject({ outcome: 429, times: [0] })
    expect(await play([after('61'), 200], { maxRetryAfter: 61_000 })).toMatchObject({
      outcome: 200,
    })
    const ignored = { respectRetryAfter: false, jitter: false }
    expect((await play([after('61'), 200], ignored)).times).toEqual([0, 500])
  })
})

test('a wait that goes beyond the deadline does not begin', async () => {
  const script = new Script(() => ({ status: 503, headers: { 'retry-after': '10' } }))
  const status = await run(
    timeout(9_999, function* () {
      const response = yield* withRetry(requestTo('http://a.org/'), policyOf(), script.handler)
      return [response.status, getRunningLoop().time()]
    }),
    virtually,
  )
  expect(status).toEqual([503, 0])
})

test('cancelling ends the wait at once', async () => {
  const script = new Script(() => ({ status: 503, headers: { 'retry-after': '10' } }))
  const ended = run(async () => {
    const task = createTask(withRetry(requestTo('http://a.org/'), policyOf(), script.handler))
    await sleep(3000)
    task.cancel()
    await sleep(0)
    return [task.cancelled(), getRunningLoop().time(), script.fates]
  }, virtually)
  expect(await ended).toEqual([true, 3000, 'released'])
})

test('onRetry is told, and may stop it', async () => {
  const told: unknown[] = []
  const lost = new ServerDisconnectedError()
  await play([503, lost, 200], {
    jitter: false,
    onRetry: ({ attempt, delay, response, error }) =>
      told.push([attempt, delay, response?.status, error]),
  })
  expect(told).toEqual([
    [1, 500, 503, null],
    [2, 1000, undefined, lost],
  ])
  const stop = () => {
    throw new RangeError('stop')
  }
  expect(await play([503], { onRetry: stop })).toMatchObject({ outcome: 'RangeError', times: [0] })
})

describe('RetryBudget', () => {
  test('ends the retries of everybody, and grows by what goes well', async () => {
    const budget = new RetryBudget({ tokens: 3, refill: 0.5 })
    expect((await play([503], { budget, attempts: 3 })).times).toHaveLength(3)
    expect((await play([503], { budget, attempts: 3 })).times).toHaveLength(2)
    expect((await play([503], { budget, attempts: 3 })).times).toHaveLength(1)
    await play([200], { budget })
    await play([200], { budget })
    expect(budget.tokens).toBe(1)
    expect((await play([503, 200], { budget })).outcome).toBe(200)
    // One that needed a retry gives nothing back.
    expect(budget.tokens).toBe(0)
  })
})

describe('resolveRetry', () => {
  test('takes numbers, null and nothing', () => {
    const base = policyOf({ attempts: 9 })
    expect(resolveRetry(2, base)?.attempts).toBe(3)
    expect(resolveRetry(0, base)).toBeNull()
    expect(resolveRetry(null, base)).toBeNull()
    expect(resolveRetry(undefined, base)).toBe(base)
    expect(resolveRetry({}, null)).toMatchObject({ attempts: 3, base: 500, max: 30_000 })
  })

  test.each<RetryOptions>([
    { attempts: 0 },
    { backoff: { base: -1 } },
    { backoff: { max: Number.NaN } },
    { maxRetryAfter: -1 },
  ])('refuses %j', (options) => {
    expect(() => resolveRetry(options, null)).toThrow(RangeError)
  })
})
