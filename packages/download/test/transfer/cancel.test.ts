import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { ClientSession, TCPConnector } from '@hocket/http'
import { CancelledError, createTask, run } from 'hocket'
import { describe, expect, test } from 'vitest'
import { type DownloadEvent, download } from '../../src/index.ts'
import { makeFolder } from '../fixtures/folder.ts'
import { startServer } from '../fixtures/server.ts'

/** A promise and the function that keeps it. */
function promised(): { kept: Promise<void>; keep: () => void } {
  let keep = () => {}
  const kept = new Promise<void>((resolve) => {
    keep = resolve
  })
  return { kept, keep }
}

/** Sends the beginning of a file, and no more; `hungUp.kept` when the client has gone. */
async function hangingServer() {
  const hungUp = promised()
  const server = await startServer((_, response) => {
    response.writeHead(200, { 'content-length': 2_000_000 })
    response.write('x'.repeat(1_000))
    response.on('close', hungUp.keep)
  })
  return { server, hungUp }
}

describe('a cancelled download', () => {
  test('mid-body: the server sees it, the part file goes, CancelledError goes on', async () => {
    const folder = await makeFolder()
    const writing = promised()
    const { server, hungUp } = await hangingServer()
    await using _ = server
    const onEvent = (event: DownloadEvent) => {
      if (event.type === 'data') writing.keep()
    }

    const outcome = await run(async () => {
      const task = createTask(
        download(`${server.origin}/a.bin`, { folder: folder.inside, onEvent }),
      )
      await writing.kept
      const before = await folder.names()
      task.cancel('changed my mind')
      const error = await task.then(
        () => null,
        (reason: unknown) => reason,
      )
      return { before, error, cancelled: task.cancelled(), after: await folder.names() }
    })

    expect(outcome.before).toEqual(['a.bin.part', 'a.bin.part.json'])
    expect(outcome.error).toBeInstanceOf(CancelledError)
    expect((outcome.error as CancelledError).reason).toBe('changed my mind')
    expect(outcome.cancelled).toBe(true)
    expect(outcome.after).toEqual([])
    await hungUp.kept
  })

  test('before any answer: the server sees it, nothing is written', async () => {
    const folder = await makeFolder()
    const asked = promised()
    const hungUp = promised()
    await using server = await startServer((_, response) => {
      response.on('close', hungUp.keep)
      asked.keep()
    })
    await run(async () => {
      const task = createTask(download(`${server.origin}/a.bin`, { folder: folder.inside }))
      await asked.kept
      task.cancel()
      await expect(task).rejects.toBeInstanceOf(CancelledError)
    })
    await hungUp.kept
    expect(await folder.names()).toEqual([])
  })

  test('in the queue of its connection: does not wait for its turn', async () => {
    const folder = await makeFolder()
    const asked = promised()
    await using server = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': 10 })
      response.write('x')
      asked.keep()
    })
    // One connection, and a body on it that never ends: the second request is never sent.
    await run(async () => {
      await using session = new ClientSession({ connector: new TCPConnector({ limit: 1 }) })
      const options = { folder: folder.inside }
      const first = createTask(download(session, `${server.origin}/first`, options))
      await asked.kept
      const second = createTask(download(session, `${server.origin}/second`, options))
      await new Promise((resolve) => setImmediate(resolve))
      second.cancel()
      await expect(second).rejects.toBeInstanceOf(CancelledError)
      expect(first.done()).toBe(false)
      first.cancel()
      await expect(first).rejects.toBeInstanceOf(CancelledError)
    })
    expect(server.asked).toEqual(['/first'])
    expect(await folder.names()).toEqual([])
  })

  test('twice: the second cancel does not stop the clean-up', async () => {
    const folder = await makeFolder()
    const writing = promised()
    await using server = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': 2_000_000 })
      response.write('x'.repeat(1_000))
    })
    const onEvent = (event: DownloadEvent) => {
      if (event.type === 'data') writing.keep()
    }
    await run(async () => {
      const task = createTask(
        download(`${server.origin}/a.bin`, { folder: folder.inside, onEvent }),
      )
      await writing.kept
      task.cancel()
      await Promise.resolve()
      task.cancel()
      await expect(task).rejects.toBeInstanceOf(CancelledError)
      expect(await folder.names()).toEqual([])
    })
  })

  test('at every event of its life leaves a whole file or none', async () => {
    const content = 'x'.repeat(200_000)
    await using server = await startServer((_, response) => {
      response.setHeader('content-length', content.length)
      response.end(content)
    })
    for (let stop = 0, finished = false; !finished; stop++) {
      const folder = await makeFolder()
      let seen = 0
      await run(async () => {
        const task = createTask(
          download(`${server.origin}/a.bin`, {
            folder: folder.inside,
            onEvent: (event) => {
              if (seen++ === stop) {
                task.cancel()
                finished = event.type === 'saved'
              }
            },
          }),
        )
        await expect(task).rejects.toBeInstanceOf(CancelledError)
      })
      expect(await folder.names()).toEqual(finished ? ['a.bin'] : [])
      expect(stop).toBeLessThan(100)
    }
  })

  test('that never began does nothing', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => response.end('x'))
    await run(async () => {
      const task = createTask(download(`${server.origin}/a`, { folder: folder.inside }))
      task.cancel()
      await expect(task).rejects.toBeInstanceOf(CancelledError)
    })
    expect(server.asked).toEqual([])
    expect(await folder.names()).toEqual([])
  })
})

test('a main program that ends takes its downloads with it', async () => {
  const folder = await makeFolder()
  const writing = promised()
  const { server, hungUp } = await hangingServer()
  await using _ = server
  await run(async () => {
    createTask(
      download(`${server.origin}/a.bin`, {
        folder: folder.inside,
        onEvent: (event) => {
          if (event.type === 'data') writing.keep()
        },
      }),
    )
    await writing.kept
    expect(await folder.names()).toEqual(['a.bin.part', 'a.bin.part.json'])
  })
  expect(await folder.names()).toEqual([])
  await hungUp.kept
})

test('a connection that is never made does not hold a cancelled download', async () => {
  const folder = await makeFolder()
  // A TLS handshake that the other side never answers: undici is connecting, and goes on with it.
  const server = createTcpServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const connected = once(server, 'connection')
  await run(async () => {
    const task = createTask(download(`https://127.0.0.1:${port}/a`, { folder: folder.inside }))
    const [socket] = await connected
    task.cancel()
    await expect(task).rejects.toBeInstanceOf(CancelledError)
    // The other side closes only now: the cancelled download has not waited for that.
    expect(socket.destroyed).toBe(false)
    socket.destroy()
  })
  server.close()
  await once(server, 'close')
  expect(await folder.names()).toEqual([])
})
