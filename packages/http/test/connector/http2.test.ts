import { once } from 'node:events'
import http2 from 'node:http2'
import type { AddressInfo } from 'node:net'
import { localhost } from '@hocket/test-support'
import { createTask, gather, sleep } from 'hocket'
import { expect, test } from 'vitest'
import { ClientSession, TCPConnector } from '../../src/index.ts'
import { runTest, Signal, startHttp } from '../support/servers.ts'

test('HTTP/2 where the server offers it; a cancel resets, and harms nobody else', async () => {
  const hanging = new Signal()
  const server = http2.createSecureServer({ ...localhost, allowHTTP1: true }, (request, answer) => {
    if (request.url === '/hang') {
      hanging.tell()
      return
    }
    request.resume()
    request.on('end', () => answer.end(request.httpVersion))
  })
  const sessions = new Set<http2.ServerHttp2Session>()
  server.on('session', (one) => sessions.add(one))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    await runTest(async () => {
      const connector = new TCPConnector({ allowH2: true, ssl: { ca: localhost.cert } })
      await using session = new ClientSession({ connector })
      const version = async () => {
        await using response = await session.post(url, { json: {} })
        return await response.text()
      }
      expect(await gather([version, version, version])).toEqual(['2.0', '2.0', '2.0'])
      expect(connector.statistics()).toEqual({ active: 0, queued: 0, idle: 3 })
      const task = createTask(session.get(`${url}/hang`))
      await hanging.wait()
      task.cancel()
      await expect(async () => await task).rejects.toMatchObject({ name: 'CancelledError' })
      expect(connector.statistics().active).toBe(0)
      expect(await version()).toBe('2.0')
    })
  } finally {
    for (const one of sessions) one.destroy()
    server.close()
  }
})

test('an answer that comes before the body has been sent ends the upload', async () => {
  await using server = await startHttp((_, response) => {
    response.writeHead(413, { connection: 'close' }).end('too much')
  })
  await runTest(async () => {
    await using session = new ClientSession()
    let isEnded = false
    async function* endless() {
      try {
        for (;;) {
          yield Buffer.alloc(65_536)
          await sleep(0)
        }
      } finally {
        isEnded = true
      }
    }
    await using response = await session.post(server.url, { data: endless() })
    expect([response.status, await response.text()]).toEqual([413, 'too much'])
    while (!isEnded) await sleep(1)
    expect(session.connector.statistics().active).toBe(0)
  })
})
