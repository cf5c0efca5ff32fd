import type { IncomingMessage, ServerResponse } from 'node:http'
import { createTask, Event, type EventLoop, getRunningLoop, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { ClientSession, type SseOptions } from '../../src/index.ts'
import { runTest, startHttp } from '../support/servers.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** Answers one request after the other; the last answer is for all that follow. */
async function withServer(
  answers: readonly Answer[],
  body: (
    open: (options?: SseOptions) => ReturnType<ClientSession['sse']>,
    requests: IncomingMessage[],
  ) => Promise<void>,
) {
  const requests: IncomingMessage[] = []
  await using server = await startHttp((request, response) => {
    requests.push(request)
    answers[Math.min(requests.length, answers.length) - 1]?.(response, request)
  })
  await runTest(async () => {
    await using session = new ClientSession()
    const open = (options: SseOptions = {}) =>
      session.sse(`${server.url}/events`, { reconnectionTime: 1, ...options })
    await body(open, requests)
  })
  await server.allClosed()
}

const begin = (response: ServerResponse, text: string) => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.write(text)
}
const send =
  (text: string): Answer =>
  (response) => {
    begin(response, text)
    response.end()
  }
const hold =
  (text: string): Answer =>
  (response) =>
    begin(response, text)
const refuse =
  (status: number, headers = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end()

describe('session.sse', () => {
  test('asks for events, and gives them as they come', async () => {
    const more = new Event()
    const answer: Answer = (response) => {
      begin(response, 'data: one\n\n')
      void more.wait().then(() => response.write('event: add\nid: 7\ndata: two\n\n'))
    }
    await withServer([answer], async (open, requests) => {
      await using events = await open({ headers: { 'x-of-mine': '1' }, params: { q: 1 } })
      expect((await events.next()).value).toEqual({ type: 'message', data: 'one', lastEventId: '' })
      more.set()
      expect((await events.next()).value).toEqual({ type: 'add', data: 'two', lastEventId: '7' })
      expect(events.lastEventId).toBe('7')
      expect(requests[0]).toMatchObject({
        method: 'GET',
        url: '/events?q=1',
        headers: { accept: 'text/event-stream', 'cache-control': 'no-store', 'x-of-mine': '1' },
      })
      expect(requests[0]?.headers).not.toHaveProperty('last-event-id')
    })
  })

  test('connects again where it ends, says what it has seen, and ends with 204', async () => {
    const answers = [
      send('retry: 5\nid: \u20ac1\ndata: one\n\ndata: lost'),
      refuse(503),
      send('data: two\n\n'),
      (response: ServerResponse) => {
        begin(response, 'id: 3\ndata: three\n\n')
        setTimeout(() => response.destroy(), 5)
      },
      refuse(204),
    ]
    await withServer(answers, async (open, requests) => {
      await using events = await open({ random: () => 0 })
      const seen: string[] = []
      for await (const { data, lastEventId } of events) seen.push(`${lastEventId} ${data}`)
      expect(seen).toEqual(['\u20ac1 one', '\u20ac1 two', '3 three'])
      expect([events.closed, events.reconnectionTime]).toEqual([true, 5])
      const ids = requests.map(({ headers }) => {
        const id = headers['last-event-id']
        return id === undefined ? null : Buffer.from(String(id), 'latin1').toString()
      })
      expect(ids).toEqual([null, '\u20ac1', '\u20ac1', '\u20ac1', '3'])
    })
  })

  test('begins where an earlier one has ended', async () => {
    await withServer([hold('data: x\n\n')], async (open, requests) => {
      await using events = await open({ lastEventId: '41' })
      expect((await events.next()).value).toMatchObject({ lastEventId: '41' })
      expect(requests[0]?.headers['last-event-id']).toBe('41')
    })
  })

  test.each<[string, Answer, object]>([
    ['404', refuse(404), { name: 'ClientResponseError', status: 404 }],
    ['503', refuse(503), { name: 'ClientResponseError', status: 503 }],
    [
      'something else',
      (response) => void response.end('x'),
      { name: 'ContentTypeError', status: 200 },
    ],
  ])('throws what keeps it from beginning: %s', async (_, answer, expected) => {
    await withServer([answer], async (open) => {
      await expect(open()).rejects.toMatchObject(expected)
    })
  })

  test('throws a refusal that comes later, and is closed', async () => {
    await withServer([send('data: x\n\n'), refuse(401)], async (open) => {
      await using events = await open()
      await events.next()
      await expect(events.next()).rejects.toMatchObject({ status: 401 })
      expect(await events.next()).toEqual({ done: true, value: undefined })
    })
  })

  test('gives up after so many failures in a row, or never connects again', async () => {
    const broken: Answer = (response) => response.destroy()
    await withServer([send('data: x\n\n'), broken], async (open, requests) => {
      await using events = await open({ maxReconnects: 2, random: () => 0 })
      await events.next()
      await expect(events.next()).rejects.toMatchObject({ name: 'ServerDisconnectedError' })
      // Each of these is sent twice, as a connection that was kept may have been closed.
      expect(requests.length).toBeGreaterThanOrEqual(4)
    })
    await withServer([send('data: x\n\n')], async (open, requests) => {
      const seen: string[] = []
      for await (const { data } of await open({ maxReconnects: 0 })) seen.push(data)
      expect([seen, requests.length]).toEqual([['x'], 1])
    })
  })

  test('counts connections over which nothing came as failures', async () => {
    const garbled: Answer = (response) => {
      const headers = { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }
      response.writeHead(200, headers).end('this is no gzip')
    }
    const options = { maxReconnects: 2, random: () => 0 }
    for (const [answer, name] of [
      [garbled, 'ClientPayloadError'],
      [send(''), 'ClientConnectionError'],
    ] as const) {
      await withServer([send('data: x\n\n'), answer], async (open, requests) => {
        await using events = await open(options)
        await events.next()
        await expect(events.next()).rejects.toMatchObject({ name })
        expect([requests.length, events.closed]).toEqual([4, true])
      })
    }
  })

  test('waits longer each time that nothing comes, whatever the server asks for', async () => {
    const empty = send('')
    await withServer(
      [send('retry: 0\ndata: x\n\n'), empty, empty, hold('data: y\n\n')],
      async (open) => {
        await using events = await open({ random: () => 0.1 })
        await events.next()
        const began = getRunningLoop().time()
        expect((await events.next()).value).toMatchObject({ data: 'y' })
        // A tenth of 1,000 and of 2,000.
        expect(getRunningLoop().time() - began).toBeGreaterThanOrEqual(300)
      },
    )
  })

  test('is not asked all the time by a server that wants that, and says nothing', async () => {
    const nothing = send('retry: 0\n:\n\n')
    await withServer([nothing, nothing, hold('data: y\n\n')], async (open) => {
      await using events = await open()
      const began = getRunningLoop().time()
      expect((await events.next()).value).toMatchObject({ data: 'y' })
      expect(getRunningLoop().time() - began).toBeGreaterThanOrEqual(1000)
    })
  })

  test('throws what has broken it off where it must not connect again', async () => {
    const cut: Answer = (response) => {
      begin(response, 'data: a\n\ndata: b')
      setTimeout(() => response.destroy(), 20)
    }
    await withServer([cut], async (open) => {
      await using events = await open({ maxReconnects: 0 })
      expect((await events.next()).value).toMatchObject({ data: 'a' })
      await expect(events.next()).rejects.toMatchObject({ name: 'ClientPayloadError' })
      expect(await events.next()).toEqual({ done: true, value: undefined })
    })
  })

  test('says nothing of an id that no header can hold', async () => {
    const answers = [
      send('id: a\u0001\ndata: x\n\n'),
      send('id: b\ndata: y\n\n'),
      hold('data: z\n\n'),
    ]
    await withServer(answers, async (open, requests) => {
      await using events = await open()
      for (const data of ['x', 'y', 'z'])
        expect((await events.next()).value).toMatchObject({ data })
      expect(requests.map(({ headers }) => headers['last-event-id'])).toEqual([
        undefined,
        undefined,
        'b',
      ])
    })
  })

  test('waits as long as the server asks, and longer each time that it fails', async () => {
    const answers = [
      send('retry: 100\ndata: x\n\n'),
      refuse(503, { 'retry-after': '20' }),
      refuse(503),
      refuse(503),
      hold('data: y\n\n'),
    ]
    await withServer(answers, async (open) => {
      const waits = skipWaits(getRunningLoop())
      await using events = await open({ random: () => 1, maxReconnectionTime: 1500 })
      await events.next()
      await events.next()
      expect(waits).toEqual([100, 20_000, 1500, 1500])
    })
  })

  test('a next() that is cancelled loses nothing, wherever it is', async () => {
    const asked = new Event()
    const answered = new Event()
    const answers: Answer[] = [
      send('id: 1\ndata: one\n\nid: 2\ndata: two\n\n'),
      (response) => {
        asked.set()
        void answered.wait().then(() => begin(response, 'data: not heard\n\n'))
      },
      hold('id: 3\ndata: three\n\n'),
    ]
    await withServer(answers, async (open, requests) => {
      await using events = await open({ reconnectionTime: 20 })
      expect((await events.next()).value?.data).toBe('one')
      expect((await events.next()).value?.data).toBe('two')
      // While it waits to connect again, then while it is being answered.
      for (const wait of [() => sleep(5), () => asked.wait()]) {
        const task = createTask(events.next())
        await wait()
        task.cancel()
        await expect(task).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
      }
      answered.set()
      expect((await events.next()).value).toMatchObject({ data: 'three', lastEventId: '3' })
      expect(requests.at(-1)?.headers['last-event-id']).toBe('2')
      const late = createTask(events.next())
      await sleep(1)
      await expect(events.next()).rejects.toMatchObject({ code: 'ERR_HTTP_RECEIVING' })
      late.cancel()
      await late.then(null, () => {})
    })
  })

  test('close() ends whoever waits, also for the next connection', async () => {
    for (const answer of [hold('data: x\n\n'), send('data: x\n\n')]) {
      await withServer([answer], async (open) => {
        const events = await open({ reconnectionTime: 60_000 })
        await events.next()
        const task = createTask(events.next())
        await sleep(20)
        events.close()
        expect(await task).toEqual({ done: true, value: undefined })
      })
    }
  })

  test('leaving the loop closes the connection', async () => {
    await withServer([hold('data: a\n\ndata: b\n\n')], async (open) => {
      const events = await open()
      for await (const { data } of events) if (data === 'a') break
      expect(events.closed).toBe(true)
    })
  })

  test('a stream that falls silent is left', async () => {
    await withServer([hold('data: a\n\n'), hold('data: b\n\n')], async (open, requests) => {
      await using events = await open({ timeout: { sockRead: 100 } })
      expect((await events.next()).value?.data).toBe('a')
      expect((await events.next()).value?.data).toBe('b')
      expect(requests).toHaveLength(2)
    })
  })

  test('an event without an end is an error', async () => {
    await withServer([hold(`data: ${'x'.repeat(2000)}`)], async (open) => {
      await using events = await open({ maxEventSize: 1000 })
      await expect(events.next()).rejects.toMatchObject({ name: 'ClientPayloadError' })
      expect(events.closed).toBe(true)
    })
  })

  test('what makes no sense is refused', async () => {
    await withServer([hold('')], async (open) => {
      await expect(open({ reconnectionTime: -1 })).rejects.toThrow(RangeError)
      await expect(open({ lastEventId: 'a\nb' })).rejects.toThrow(RangeError)
    })
  })
})

/** Timers of this loop are due at once; gives how long they were to be, where that is the stream's. */
function skipWaits(loop: EventLoop): number[] {
  const waits: number[] = []
  const { callAt } = loop
  loop.callAt = ((when: number, ...rest: [never, ...never[]]) => {
    // Some of it may have gone by, on a machine that is busy.
    const delay = Math.ceil((when - loop.time()) / 100) * 100
    waits.push(delay)
    return callAt.call(loop, loop.time(), ...rest)
  }) as typeof callAt
  return waits
}
