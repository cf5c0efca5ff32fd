import { inspect } from 'node:util'
import {
  type ClientConnected,
  coroutine,
  createTask,
  currentTask,
  DeadlockError,
  getRunningLoop,
  memoryStreamPair,
  StreamReader,
  StreamReaderProtocol,
  StreamWriter,
  sleep,
  type Transport,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'
import { bytes, text } from './support.ts'

class FakeTransport {
  readonly calls: string[] = []
  readonly #extra: Record<string, unknown>
  constructor(extra: Record<string, unknown> = {}) {
    this.#extra = extra
  }
  getExtraInfo(name: string): unknown {
    return this.#extra[name]
  }
  isClosing(): boolean {
    return this.calls.includes('close')
  }
  close(): void {
    this.calls.push('close')
  }
}

function connect(clientConnected?: ClientConnected, extra?: Record<string, unknown>) {
  const reader = new StreamReader()
  const protocol = new StreamReaderProtocol(
    reader,
    clientConnected === undefined ? {} : { clientConnected },
  )
  const fake = new FakeTransport(extra)
  const transport = fake as unknown as Transport
  protocol.connectionMade(transport)
  return { reader, protocol, fake, writer: new StreamWriter(transport, protocol, reader) }
}

describe('clientConnected', () => {
  const handlers: [string, (log: string[]) => (reader: StreamReader) => unknown][] = [
    ['a plain function', (log) => () => void log.push(`called ${currentTask() !== null}`)],
    [
      'an async function',
      (log) => async (reader) => {
        log.push(text(await reader.readline()))
      },
    ],
    [
      'a generator function',
      (log) =>
        function* (reader) {
          log.push(text(yield* reader.readline()))
        },
    ],
    [
      'a coroutine function',
      (log) =>
        coroutine(async (reader: StreamReader) => {
          log.push(text(await reader.readline()))
        }),
    ],
  ]

  test.each(handlers)('may be %s', async (_what, make) => {
    const log: string[] = []
    await runVirtual(async () => {
      const { protocol } = connect(make(log))
      await sleep(1)
      protocol.dataReceived(bytes('line\n'))
      await sleep(1)
    })
    expect(log).toEqual([_what === 'a plain function' ? 'called true' : 'line\n'])
  })

  test('that fails is reported, and the connection closed', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const calls = await runVirtual(async () => {
      const { fake } = connect(async () => {
        throw new RangeError('handler')
      })
      await sleep(1)
      return fake.calls
    }, loop)
    expect(calls).toEqual(['close'])
    expect(reports).toMatchObject([
      {
        message: 'unhandled exception in clientConnected',
        exception: new RangeError('handler'),
      },
    ])
  })

  test('that is cancelled closes the connection without a report', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const calls = await runVirtual(async () => {
      const { fake } = connect(async () => {
        currentTask()?.cancel()
        await sleep(1)
      })
      await sleep(5)
      return fake.calls
    }, loop)
    expect([calls, reports]).toEqual([['close'], []])
  })

  test('that ends well leaves the connection open', async () => {
    const calls = await runVirtual(async () => {
      const { fake } = connect(async () => {})
      await sleep(1)
      return fake.calls
    })
    expect(calls).toEqual([])
  })
})

describe('a connection', () => {
  test('is kept open at its end, unless it is over TLS', async () => {
    await runVirtual(async () => {
      const plain = connect()
      expect([plain.protocol.eofReceived(), plain.reader.atEof()]).toEqual([true, true])
      expect(connect(undefined, { sslcontext: {} }).protocol.eofReceived()).toBe(false)
    })
  })

  test('ten coroutines drain at once', async () => {
    const drained = await runVirtual(async () => {
      const { protocol, writer } = connect()
      protocol.pauseWriting()
      getRunningLoop().callLater(100, () => protocol.resumeWriting())
      const order: number[] = []
      const tasks = Array.from({ length: 10 }, (_, n) =>
        createTask(async () => {
          await writer.drain()
          order.push(n)
        }),
      )
      for (const task of tasks) await task
      return order
    })
    expect(drained).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('that is lost by an error throws it from reads, drains and waitClosed', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const errors = await runVirtual(async () => {
      const { protocol, reader, writer } = connect()
      protocol.pauseWriting()
      const tasks = [
        createTask(reader.readline()),
        createTask(writer.drain()),
        createTask(writer.waitClosed()),
      ]
      await sleep(0)
      protocol.connectionLost(new RangeError('reset'))
      const found: Error[] = []
      for (const task of tasks) found.push(await errorOf(task))
      found.push(await errorOf(writer.waitClosed()), await errorOf(writer.drain()))
      return found.map(({ message }) => message)
    }, loop)
    expect(errors).toEqual(Array(5).fill('reset'))
    expect(reports).toEqual([])
  })

  test('that is lost in order ends reads, and drain says so', async () => {
    const found = await runVirtual(async () => {
      const { protocol, reader, writer } = connect()
      protocol.pauseWriting()
      const draining = createTask(writer.drain())
      const closing = createTask(() => writer.waitClosed())
      await sleep(0)
      protocol.connectionLost(null)
      await draining
      await closing
      // What comes after that is nobody's.
      protocol.dataReceived(bytes('late'))
      protocol.eofReceived()
      return [reader.atEof(), (await errorOf(writer.drain())).message, String(protocol)]
    })
    expect(found).toEqual([true, 'the connection is lost', '<StreamReaderProtocol not connected>'])
  })

  test('that is lost while a drain is being cancelled is no report', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      const { protocol, writer } = connect()
      protocol.pauseWriting()
      const draining = createTask(writer.drain())
      await sleep(0)
      protocol.connectionLost(new RangeError('reset'))
      draining.cancel()
      await errorOf(draining)
    }, loop)
    expect(reports).toEqual([])
  })

  test('drain gives way while the transport closes', async () => {
    const iterations = await runVirtual(async () => {
      const { writer } = connect()
      const count = async () => {
        const before = getRunningLoop().statistics().iterations
        await writer.drain()
        return getRunningLoop().statistics().iterations - before
      }
      const open = await count()
      writer.close()
      return [open, await count()]
    })
    expect(iterations).toEqual([0, 1])
  })
})

test('a deadlock says what is waited for', async () => {
  const error = await errorOf(
    runVirtual(async () => {
      const [[reader, writer]] = memoryStreamPair()
      createTask(reader.readline(), { name: 'reading' })
      createTask(writer.waitClosed(), { name: 'closing' })
      const { protocol, writer: paused } = connect()
      protocol.pauseWriting()
      await createTask(paused.drain(), { name: 'draining' })
    }),
  )
  expect(error).toBeInstanceOf(DeadlockError)
  expect(error.message).toMatch(/reading.* data of a StreamReader/)
  expect(error.message).toMatch(/closing.* the end of a connection/)
  expect(error.message).toMatch(/draining.* room in a StreamWriter/)
})

test('the console shows them by their text', async () => {
  await runVirtual(async () => {
    const { reader, protocol, writer } = connect()
    for (const shown of [reader, protocol, writer]) expect(inspect(shown)).toBe(String(shown))
    const [[, { transport }]] = memoryStreamPair()
    expect(inspect(transport)).toBe('<MemoryTransport open buffered=0>')
  })
})
