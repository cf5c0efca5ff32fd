import type { Case, NodeContender, Sample } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { startServer } from '../lib/server-process.ts'
import { nsPer } from '../lib/timing.ts'

// A hundred at a time ask for 14 bytes, again and again, on connections that are kept. What is
// measured is what a client costs: the server is a process of its own, and the same for each.
const REQUESTS = 3000
const AT_ONCE = 100
const BYTES = 14

/** A client by its one function: the length of what a GET gives. */
function contender(open: () => Promise<(url: string) => Promise<number>>): NodeContender {
  return {
    prepare: async () => {
      const get = await open()
      const url = `${await startServer('small')}/`
      return () =>
        each(
          async (count) => {
            let bytes = 0
            while (count.left-- > 0) bytes += await get(url)
            return bytes
          },
          (calls) => Promise.all(calls),
        )
    },
  }
}

/** A hundred callers share the requests. */
function each<Call>(
  caller: (count: { left: number }) => Call,
  all: (calls: Call[]) => PromiseLike<number[]>,
): Promise<number> {
  return nsPer(REQUESTS, async () => {
    const count = { left: REQUESTS }
    const got = await all(Array.from({ length: AT_ONCE }, () => caller(count)))
    check(
      'bytes',
      got.reduce((sum, bytes) => sum + bytes, 0),
      REQUESTS * BYTES,
    )
  })
}

const HOCKET = 'ClientSession, async functions'
const GENERATORS = 'ClientSession, generators'
const BAR_UNDICI = 0.9
const BAR_AIOHTTP = 1.5
const BAR_AXIOS = 2
const NONE = 0

const peers: readonly [name: string, bar: number][] = [
  ['undici.request', BAR_UNDICI],
  ['fetch', NONE],
  ['axios', BAR_AXIOS],
  ['aiohttp', BAR_AIOHTTP],
  ['aiohttp on uvloop', BAR_AIOHTTP],
]

const AIOHTTP = { script: 'http_client', needs: 'aiohttp' } as const
const row = { unit: 'ns per request' }

export const smallGets: Case = {
  name: 'small GETs',
  processes: 3,
  rounds: 5,
  warmUpMs: 2500,
  rows: [HOCKET, GENERATORS].flatMap((hocket) =>
    peers.map(([peer, bar]) => ({
      ...row,
      case: `${AT_ONCE} at once, ${hocket}`,
      hocket,
      peer,
      bar,
    })),
  ),
  contenders: {
    [HOCKET]: { prepare: hocketAsync },
    [GENERATORS]: { prepare: hocketGenerators },
    'undici.request': contender(async () => {
      const { request } = await import('undici')
      return async (url) => (await (await request(url)).body.arrayBuffer()).byteLength
    }),
    fetch: contender(
      async () => async (url) => (await (await fetch(url)).arrayBuffer()).byteLength,
    ),
    axios: contender(async () => {
      const { Agent } = await import('node:http')
      const { default: axios } = await import('axios')
      const client = axios.create({
        httpAgent: new Agent({ keepAlive: true }),
        responseType: 'arraybuffer',
      })
      return async (url) => (await client.get<Buffer>(url)).data.byteLength
    }),
    aiohttp: { python: 'small_gets', ...AIOHTTP, loop: 'asyncio' },
    'aiohttp on uvloop': { python: 'small_gets', ...AIOHTTP, loop: 'uvloop' },
  },
}

async function hocketAsync(): Promise<Sample> {
  const { coroutine, gather, run } = await import('hocket')
  const { ClientSession } = await import('@hocket/http')
  const url = `${await startServer('small')}/`
  return () =>
    run(async () => {
      await using session = new ClientSession()
      const caller = coroutine(async (count: { left: number }) => {
        let bytes = 0
        while (count.left-- > 0) {
          await using response = await session.get(url)
          bytes += (await response.read()).byteLength
        }
        return bytes
      })
      return await each(caller, (calls) => gather(calls))
    })
}

async function hocketGenerators(): Promise<Sample> {
  const { coroutine, gather, run } = await import('hocket')
  const { ClientSession } = await import('@hocket/http')
  const url = `${await startServer('small')}/`
  return () =>
    run(async () => {
      await using session = new ClientSession()
      const caller = coroutine(function* (count: { left: number }) {
        let bytes = 0
        while (count.left-- > 0) {
          const response = yield* session.get(url)
          bytes += (yield* response.read()).byteLength
        }
        return bytes
      })
      return await each(caller, (calls) => gather(calls))
    })
}
