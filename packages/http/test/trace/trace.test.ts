import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createTask, getRunningLoop, sleep } from 'hocket'
import { expect, test } from 'vitest'
import {
  type ClientRequest,
  ClientSession,
  TCPConnector,
  type TraceConfig,
} from '../../src/index.ts'
import { runTest, startHttp } from '../support/servers.ts'

const names = [
  'onRequestStart',
  'onRequestHeadersSent',
  'onRequestChunkSent',
  'onResponseChunkReceived',
  'onRequestEnd',
  'onRequestException',
  'onRequestRedirect',
  'onConnectionQueuedStart',
  'onConnectionQueuedEnd',
  'onConnectionCreateStart',
  'onConnectionCreateEnd',
  'onConnectionReuseconn',
] as const

/** Writes down the signals by name. */
function recorder(events: string[]): TraceConfig {
  return Object.fromEntries(
    names.map((name) => [name, () => events.push(name.slice(2))]),
  ) as TraceConfig
}

test('signals come in the order in which things happen', async () => {
  await using server = await startHttp((request, response) => {
    request.resume()
    if (request.url === '/from') response.writeHead(302, { location: '/to' }).end()
    else response.end('ok')
  })
  await runTest(async () => {
    const events: string[] = []
    await using session = new ClientSession({ traceConfigs: [recorder(events)] })
    await (await session.post(`${server.url}/from`, { data: 'x' })).read()
    expect(events).toEqual([
      'RequestStart',
      'ConnectionCreateStart',
      'ConnectionCreateEnd',
      'RequestHeadersSent',
      'RequestChunkSent',
      'RequestRedirect',
      'ConnectionReuseconn',
      'RequestHeadersSent',
      'ResponseChunkReceived',
      'RequestEnd',
    ])
  })
})

test('a wait for a place, and an exception', async () => {
  const held: (() => void)[] = []
  await using server = await startHttp((_, response) => {
    held.push(() => response.end('ok'))
  })
  await runTest(async () => {
    const events: string[] = []
    await using connector = new TCPConnector({ limit: 1 })
    await using busy = new ClientSession({ connector, connectorOwner: false })
    const first = createTask(busy.get(server.url))
    while (held.length === 0) await sleep(1)
    await using session = new ClientSession({ connector, traceConfigs: [recorder(events)] })
    const second = createTask(session.get(server.url))
    while (events.length < 2) await sleep(1)
    expect(events).toEqual(['RequestStart', 'ConnectionQueuedStart'])
    held[0]?.()
    await first
    while (held.length === 1) await sleep(1)
    second.cancel()
    await expect(async () => await second).rejects.toMatchObject({ name: 'CancelledError' })
    expect(events.slice(2)).toEqual([
      'ConnectionQueuedEnd',
      'ConnectionReuseconn',
      'RequestHeadersSent',
      'RequestException',
    ])
  })
})

test('signals share a context, which knows what the request was given', async () => {
  await using server = await startHttp((_, response) => response.end('ok'))
  await runTest(async () => {
    const seen: unknown[] = []
    const config: TraceConfig = {
      onRequestStart: (session, context, { method, url }) => {
        context['kept'] = 1
        seen.push(session, context.traceRequestContext, method, url.href)
      },
      onRequestEnd: (_, context, { response }) => {
        seen.push(context['kept'], (response as { status: number }).status)
      },
    }
    await using session = new ClientSession({ traceConfigs: [config] })
    await (await session.get(server.url, { traceContext: 'mine' })).read()
    expect(seen).toEqual([session, 'mine', 'GET', `${server.url}/`, 1, 200])
  })
})

test('a signal that throws is reported, and harms nothing', async () => {
  await using server = await startHttp((_, response) => response.end('ok'))
  await runTest(async () => {
    const reports: string[] = []
    getRunningLoop().setExceptionHandler((_, { message }) => reports.push(message))
    const fail = () => {
      throw new Error('mine')
    }
    await using session = new ClientSession({
      traceConfigs: [{ onRequestStart: fail, onResponseChunkReceived: fail }],
    })
    expect(await (await session.get(server.url)).text()).toBe('ok')
    expect(reports).toEqual([
      'the trace signal onRequestStart threw',
      'the trace signal onResponseChunkReceived threw',
    ])
  })
})

test('diagnostics channels are told of the start, the end and errors', async () => {
  await using server = await startHttp((_, response) => response.end('ok'))
  const seen: string[] = []
  const listeners = ['start', 'end', 'error'].map((name) => {
    const channel = `hocket:http:request:${name}`
    const listener = (message: unknown) => {
      const { request, error } = message as { request: object; error?: Error }
      seen.push([name, String(request as ClientRequest), error?.name].join(' ').trim())
    }
    subscribe(channel, listener)
    return () => unsubscribe(channel, listener)
  })
  try {
    await runTest(async () => {
      await using session = new ClientSession()
      await (await session.get(server.url)).read()
      await expect(async () => await session.get(server.url, { fingerprint: 'x' })).rejects.toThrow(
        RangeError,
      )
    })
  } finally {
    for (const stop of listeners) stop()
  }
  const request = `<ClientRequest GET ${server.url}/>`
  expect(seen).toEqual([
    `start ${request}`,
    `end ${request}`,
    `start ${request}`,
    `error ${request} RangeError`,
  ])
})
