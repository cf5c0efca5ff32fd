import { CancelledError, createTask, sleep } from 'hocket'
import { expect, test } from 'vitest'
import { ClientSession, TCPConnector } from '../../src/index.ts'
import { runTest, Signal, startHttp, startRaw } from '../support/servers.ts'

const nothing = { active: 0, queued: 0, idle: 0 }

/** Turns of the real loop, until `condition` holds; a guard ends the test otherwise. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(1)
}

test('a request that waits for its turn is cancelled at once, and never sent', async () => {
  const asked: string[] = []
  const held: (() => void)[] = []
  await using server = await startHttp((request, response) => {
    asked.push(request.url ?? '')
    held.push(() => response.end('ok'))
  })
  await runTest(async () => {
    await using connector = new TCPConnector({ limit: 1 })
    await using session = new ClientSession({ connector })
    const first = createTask(session.get(`${server.url}/1`))
    const second = createTask(session.get(`${server.url}/2`))
    const third = createTask(session.get(`${server.url}/3`))
    await until(() => held.length === 1)
    expect(connector.statistics()).toEqual({ active: 1, queued: 2, idle: 0 })
    second.cancel()
    await expect(async () => await second).rejects.toMatchObject({ name: 'CancelledError' })
    expect(connector.statistics()).toEqual({ active: 1, queued: 1, idle: 0 })
    held[0]?.()
    await (await first).read()
    await until(() => held.length === 2)
    held[1]?.()
    await (await third).read()
    expect(asked).toEqual(['/1', '/3'])
    expect(connector.statistics()).toEqual({ active: 0, queued: 0, idle: 1 })
  })
})

test('a turn that comes together with the cancel goes to the next one', async () => {
  const held: (() => void)[] = []
  await using server = await startHttp((_, response) => {
    held.push(() => response.end('ok'))
  })
  await runTest(async () => {
    await using connector = new TCPConnector({ limit: 1 })
    await using session = new ClientSession({ connector })
    const first = createTask(session.get(server.url))
    const second = createTask(session.get(server.url))
    const third = createTask(session.get(server.url))
    await until(() => held.length === 1)
    // Closing the first hands its place to the second, which is cancelled before it can take it.
    first.cancel()
    await sleep(0)
    second.cancel()
    await expect(async () => await second).rejects.toMatchObject({ name: 'CancelledError' })
    await until(() => held.length === 2)
    held[1]?.()
    expect(await (await third).text()).toBe('ok')
    expect(connector.statistics()).toEqual({ active: 0, queued: 0, idle: 1 })
  })
})

test('a request that is connecting is cancelled at once; its connection is given up', async () => {
  await runTest(async () => {
    const asked = new Signal()
    // The address is never found, so that there is no connection until the end of the test.
    const resolver = () => {
      asked.tell()
      return new Promise<never>(() => {})
    }
    await using connector = new TCPConnector({ limit: 1, resolver })
    await using session = new ClientSession({ connector })
    const task = createTask(session.get('http://example.test/'))
    await asked.wait()
    expect(connector.statistics()).toEqual({ active: 1, queued: 0, idle: 0 })
    task.cancel()
    await expect(async () => await task).rejects.toMatchObject({ name: 'CancelledError' })
    expect(connector.statistics()).toEqual(nothing)
  })
})

test('a TLS handshake that hangs is cancelled at once, and the server sees the close', async () => {
  const hello = new Signal()
  await using server = await startRaw((socket) => {
    socket.once('data', () => hello.tell())
  })
  await runTest(async () => {
    await using session = new ClientSession()
    const task = createTask(session.get(server.url.replace('http:', 'https:')))
    await hello.wait()
    task.cancel()
    await expect(async () => await task).rejects.toMatchObject({ name: 'CancelledError' })
    expect(session.connector.statistics()).toEqual(nothing)
    await server.allClosed()
  })
})

test('a request that waits for headers is cancelled at once, and the server sees the close', async () => {
  const asked = new Signal()
  await using server = await startHttp(() => asked.tell())
  await runTest(async () => {
    await using session = new ClientSession()
    const task = createTask(session.get(server.url))
    await asked.wait()
    task.cancel()
    await expect(async () => await task).rejects.toMatchObject({ name: 'CancelledError' })
    expect(session.connector.statistics()).toEqual(nothing)
    await server.allClosed()
  })
})

test('a task that reads a body is cancelled, and leaving the response closes its connection', async () => {
  await using server = await startHttp((_, response) => {
    response.write('the first piece')
  })
  await runTest(async () => {
    await using session = new ClientSession()
    const reading = new Signal()
    const task = createTask(async () => {
      await using response = await session.get(server.url)
      reading.tell()
      return await response.read()
    })
    await reading.wait()
    await sleep(1)
    task.cancel()
    await expect(async () => await task).rejects.toMatchObject({ name: 'CancelledError' })
    expect(session.connector.statistics()).toEqual(nothing)
    await server.allClosed()
  })
})

test('a read that is cancelled loses nothing: the next one finds every byte', async () => {
  const more = new Signal<() => void>()
  await using server = await startHttp((_, response) => {
    response.write('one,')
    more.tell(() => response.end('two'))
  })
  await runTest(async () => {
    await using session = new ClientSession()
    await using response = await session.get(server.url)
    const task = createTask(response.read())
    await sleep(1)
    task.cancel()
    await expect(async () => await task).rejects.toMatchObject({ name: 'CancelledError' })
    ;(await more.wait())()
    expect(await response.text()).toBe('one,two')
  })
})

test('a cancel in the middle of an upload stops what makes the body', async () => {
  await using server = await startHttp((request) => {
    request.on('error', () => {})
    request.resume()
  })
  await runTest(async () => {
    await using session = new ClientSession()
    const ended: string[] = []
    const begun = new Signal()
    async function* endless() {
      try {
        for (;;) {
          yield Buffer.alloc(65_536)
          begun.tell()
        }
      } finally {
        ended.push('ended')
      }
    }
    const task = createTask(session.post(server.url, { data: endless() }))
    await begun.wait()
    task.cancel()
    await expect(async () => await task).rejects.toMatchObject({ name: 'CancelledError' })
    expect(session.connector.statistics()).toEqual(nothing)
    await server.allClosed()
    await until(() => ended.length === 1)
  })
})

test('a thousand cancels at every phase leave every place free', async () => {
  let count = 0
  await using server = await startHttp((_, response) => {
    count += 1
    if (count % 3 === 0) response.end('ok')
    else if (count % 3 === 1) response.write('part')
  })
  await runTest(async () => {
    await using connector = new TCPConnector({ limit: 8, limitPerHost: 5 })
    await using session = new ClientSession({ connector })
    let seed = 7
    const random = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % most
    }
    const tasks = Array.from({ length: 1000 }, () =>
      createTask(async () => {
        await using response = await session.get(server.url)
        await response.read()
      }),
    )
    const rest = new Set(tasks)
    while (rest.size > 0) {
      for (const task of rest) {
        if (task.done()) rest.delete(task)
        else if (random(20) === 0) task.cancel()
        if (random(5) === 0) break
      }
      await sleep(0)
    }
    for (const task of tasks) if (!task.cancelled()) task.exception()
    const { active, queued } = connector.statistics()
    expect([active, queued]).toEqual([0, 0])
  })
})

test('a body that is read inside await using is let go of at once, too', async () => {
  await using server = await startRaw((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf'))
  })
  await runTest(async () => {
    await using session = new ClientSession()
    const reading = createTask(async () => {
      await using response = await session.get(server.url)
      await response.text()
    })
    while (session.connector.statistics().active === 0) await sleep(1)
    await sleep(20)
    reading.cancel()
    await expect(async () => await reading).rejects.toThrow(CancelledError)
    expect(session.connector.statistics()).toEqual({ active: 0, queued: 0, idle: 0 })
    await server.allClosed()
  })
})
