import { readFile, stat } from 'node:fs'
import { connect, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { virtual } from '@hocket/testing'
import { createTask, DeadlockError, type Future, getRunningLoop, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'

const here = fileURLToPath(import.meta.url)

describe('a bare Future that a callback of the platform sets', () => {
  test(
    'is waited for, without a timer',
    virtual(async ({ loop }) => {
      const read: Future<number> = loop.createFuture()
      readFile(here, (_error, data) => read.setResult(data.length))
      expect(await read).toBeGreaterThan(100)
    }),
  )

  test(
    'is waited for while time stands still',
    virtual(async ({ loop }) => {
      const timer = createTask(sleep(1000))
      const size: Future<number> = loop.createFuture()
      stat(here, (_error, found) => size.setResult(found?.size ?? 0))
      expect(await size).toBeGreaterThan(100)
      expect(loop.time()).toBe(0)
      await timer
      expect(loop.time()).toBe(1000)
    }),
  )

  test(
    'is waited for where a socket or a real timer brings it',
    virtual(async ({ loop }) => {
      const server = createServer((socket) => socket.end('hello'))
      const text: Future<string> = loop.createFuture()
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number }
        connect(port, '127.0.0.1')
          .setEncoding('utf8')
          .once('data', (data) => text.setResult(String(data)))
      })
      expect(await text).toBe('hello')
      await new Promise((resolve) => server.close(resolve))
      const late: Future<void> = loop.createFuture()
      setTimeout(() => late.setResult(), 1)
      await late
    }),
  )

  test('that nothing will set is a deadlock at once', async () => {
    const stuck = virtual(async () => {
      await getRunningLoop().createFuture()
    })
    await expect(stuck()).rejects.toBeInstanceOf(DeadlockError)
  })

  test(
    'what is open for long does not hold the clock',
    virtual(async ({ loop }) => {
      const server = createServer()
      const listening: Future<void> = loop.createFuture()
      server.listen(0, '127.0.0.1', () => listening.setResult())
      await listening
      await sleep(60_000)
      expect(loop.time()).toBe(60_000)
      await new Promise((resolve) => server.close(resolve))
    }),
  )
})
