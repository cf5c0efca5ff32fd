import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SyncGetError, type SyncGetOptions, syncGet } from '../src/sync-get/sync-get.ts'

let site: Worker
let origin = ''

beforeAll(async () => {
  site = new Worker(new URL('./support/site.mjs', import.meta.url), { execArgv: [] })
  const [port] = (await once(site, 'message')) as [number]
  origin = `http://127.0.0.1:${port}`
})

afterAll(() => site.terminate())

const textOf = (path: string, options?: SyncGetOptions) =>
  Buffer.from(syncGet(origin + path, options).body).toString()

describe('syncGet', () => {
  test('gives the response with its body, and sends headers', () => {
    const response = syncGet(`${origin}/headers`, { headers: { 'x-of-mine': 'here' } })
    expect(response).toMatchObject({ status: 200, statusText: 'OK', url: `${origin}/headers` })
    expect(response.headers.get('connection')).toBe('keep-alive')
    const sent = JSON.parse(Buffer.from(response.body).toString()) as Record<string, string>
    expect(sent['x-of-mine']).toBe('here')
  })

  test('takes a status of 404 for a response', () => {
    expect(syncGet(`${origin}/missing`).status).toBe(404)
    expect(textOf('/missing')).toBe('nothing here')
  })

  test('follows redirects, inflates bodies, and takes long ones', () => {
    expect(syncGet(`${origin}/moved`).url).toBe(`${origin}/headers`)
    expect(textOf('/gzip')).toBe('inflated')
    expect(textOf('/big')).toBe('x'.repeat(3_000_000))
  })

  test('says why there is no response', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    await once(closed, 'close')
    const url = `http://127.0.0.1:${port}/`
    expect(() => syncGet(url)).toThrow(
      expect.objectContaining({ name: 'SyncGetError', code: 'ECONNREFUSED' }),
    )
    expect(() => syncGet('no url')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_URL' }))
    expect(() => syncGet(`${origin}/cut`)).toThrow(SyncGetError)
    expect(() => syncGet(`${origin}/big`, { maxBytes: 2_999_999 })).toThrow(
      'the body is longer than 2999999 bytes',
    )
    expect(textOf('/big', { maxBytes: 3_000_000 })).toHaveLength(3_000_000)
  })

  test('gives up at its time limit, hangs up, and is ready for the next request', async () => {
    const hungUp = once(site, 'message')
    expect(() => syncGet(`${origin}/never`, { timeout: 50 })).toThrow(
      expect.objectContaining({ code: 'TIMEOUT' }),
    )
    expect(textOf('/gzip')).toBe('inflated')
    expect(await hungUp).toEqual(['hung up'])
  })

  test('asks whileWaiting whether to go on, and hangs up where it throws', async () => {
    const hungUp = once(site, 'message')
    let calls = 0
    const whileWaiting = () => {
      calls += 1
      if (calls === 3) throw new RangeError('enough')
    }
    expect(() => syncGet(`${origin}/never`, { whileWaiting })).toThrow(new RangeError('enough'))
    expect(calls).toBe(3)
    expect(await hungUp).toEqual(['hung up'])
  })
})
