import { Duplex, PassThrough, Readable } from 'node:stream'
import {
  asyncGenerator,
  CancelledError,
  createTask,
  currentTask,
  EventLoop,
  getRunningLoop,
  memoryStreamPair,
  openStreams,
  readableStreamOf,
  run,
  sleep,
  writableStreamOf,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf, hostTurn } from '../support/turns.ts'
import { bytes, spellings, text } from './support.ts'

/** A readable that the test feeds, and what becomes of it. */
function source(highWaterMark = 0) {
  const log: unknown[] = []
  let controller!: ReadableStreamDefaultController<unknown>
  const readable = new ReadableStream<unknown>(
    {
      start(given) {
        controller = given
      },
      pull() {
        log.push('pull')
      },
      cancel(reason) {
        log.push('cancel', reason)
      },
    },
    { highWaterMark },
  )
  return { log, readable, controller }
}

/** A writable that takes each chunk when the test says so. */
function sink(highWaterMark = 1) {
  const log: unknown[] = []
  const waiting: { resolve: () => void; reject: (error: unknown) => void }[] = []
  const settled = () =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ resolve, reject })
    })
  const writable = new WritableStream<Uint8Array>(
    {
      write(chunk) {
        log.push(chunk.length < 20 ? text(chunk) : chunk.length)
        return settled()
      },
      close() {
        log.push('close')
        return settled()
      },
      abort(reason) {
        log.push('abort', (reason as Error).name)
      },
    },
    { highWaterMark },
  )
  return { log, writable, next: () => waiting.shift() }
}

const empty = (): ReadableStream<Uint8Array> =>
  new ReadableStream({ start: (controller) => controller.close() })

describe.each(spellings)('reading a web stream behind %s', (_name, via) => {
  test('gives its bytes, then the end', async () => {
    const read = await runVirtual(async () => {
      const [reader, writer] = openStreams({ readable: new Blob(['one\ntw', 'o\n']).stream() })
      const found = [
        text(await createTask(via(() => reader.readline()))),
        text(await createTask(via(() => reader.read()))),
      ]
      // Without a writable the connection is over at the end.
      await createTask(via(() => writer.waitClosed()))
      return [...found, reader.atEof(), writer.canWriteEof()]
    })
    expect(read).toEqual(['one\n', 'two\n', true, false])
  })

  test('a cancelled read loses nothing', async () => {
    const read = await runVirtual(async () => {
      const { readable, controller } = source()
      const [reader] = openStreams({ readable })
      const task = createTask(via(() => reader.readline()))
      controller.enqueue(bytes('some'))
      await hostTurn()
      controller.enqueue(bytes('thing\n'))
      task.cancel()
      expect(await errorOf(task)).toBeInstanceOf(CancelledError)
      return text(await createTask(via(() => reader.readline())))
    })
    expect(read).toBe('something\n')
  })

  test('an error of the stream is what reads throw', async () => {
    const errors = await runVirtual(async () => {
      const { readable, controller } = source()
      const [reader, writer] = openStreams({ readable })
      const task = createTask(via(() => reader.read()))
      controller.error(new RangeError('broken'))
      return [await errorOf(task), await errorOf(createTask(via(() => writer.waitClosed())))]
    })
    expect(errors).toEqual([new RangeError('broken'), new RangeError('broken')])
  })
})

describe('flow control', () => {
  test('pulls no more than the reader has room for', async () => {
    const log = await runVirtual(async () => {
      const pulled: number[] = []
      let count = 0
      const readable = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            count += 1
            controller.enqueue(new Uint8Array(100))
          },
        },
        { highWaterMark: 0 },
      )
      const [reader, writer] = openStreams({ readable }, { limit: 100 })
      for (let n = 0; n < 3; n += 1) {
        for (let turn = 0; turn < 20; turn += 1) await hostTurn()
        pulled.push(count)
        await reader.readexactly(200)
      }
      writer.close()
      await writer.waitClosed()
      return pulled
    })
    // Three fill the reader, one more may be held.
    expect(log).toEqual([3, 5, 7])
  })

  test('what comes while reading is paused is held, also the end', async () => {
    const log = await runVirtual(async () => {
      const { readable, controller } = source()
      const [reader, { transport }] = openStreams({ readable })
      const found: unknown[] = []
      const pausedWhile = async (happens: () => void) => {
        await hostTurn()
        transport.pauseReading()
        happens()
        for (let turn = 0; turn < 3; turn += 1) await hostTurn()
        found.push(String(reader))
        transport.resumeReading()
        for (let turn = 0; turn < 3; turn += 1) await hostTurn()
        found.push(String(reader))
      }
      await pausedWhile(() => controller.enqueue(bytes('data')))
      await pausedWhile(() => controller.close())
      return found
    })
    expect(log).toEqual([
      '<StreamReader>',
      '<StreamReader 4 bytes>',
      '<StreamReader 4 bytes>',
      '<StreamReader 4 bytes eof>',
    ])
  })

  test('drain waits for the sink', async () => {
    const log = await runVirtual(async () => {
      const { writable, log: written, next } = sink()
      const [, writer] = openStreams({ readable: empty(), writable })
      writer.transport.setWriteBufferLimits({ high: 0 })
      writer.write('one')
      writer.write('two')
      writer.write('three')
      const task = createTask(writer.drain())
      const found: unknown[] = []
      for (let n = 0; n < 4; n += 1) {
        await hostTurn()
        found.push([...written], task.done())
        next()?.resolve()
      }
      return found
    })
    expect(log).toEqual([
      ['one'],
      false,
      ['one', 'two'],
      false,
      ['one', 'two', 'three'],
      true,
      ['one', 'two', 'three'],
      true,
    ])
  })

  test('a sink that holds nothing back gets its chunks all the same', async () => {
    const written = await runVirtual(async () => {
      const { writable, log, next } = sink(0)
      const [, writer] = openStreams({ readable: empty(), writable })
      writer.write('one')
      writer.write('two')
      await hostTurn()
      next()?.resolve()
      await hostTurn()
      return log
    })
    expect(written).toEqual(['one', 'two'])
  })
})

describe('the end', () => {
  test('close cancels the readable, and is over when the sink is closed', async () => {
    const log = await runVirtual(async () => {
      const { readable, log: read } = source()
      const { writable, log: written, next } = sink()
      const [, writer] = openStreams({ readable, writable })
      writer.write('data')
      writer.close()
      const closed = createTask(writer.waitClosed())
      const found: unknown[] = []
      for (let n = 0; n < 3; n += 1) {
        await hostTurn()
        found.push([...written], closed.done())
        next()?.resolve()
      }
      await closed
      expect(read).toEqual(['pull', 'cancel', expect.objectContaining({ name: 'AbortError' })])
      return found
    })
    expect(log).toEqual([['data'], false, ['data', 'close'], false, ['data', 'close'], true])
  })

  test('writeEof closes the writable only', async () => {
    const log = await runVirtual(async () => {
      const { readable, controller } = source()
      const { writable, log: written, next } = sink()
      const [reader, writer] = openStreams({ readable, writable })
      writer.writeEof()
      await hostTurn()
      next()?.resolve()
      controller.enqueue(bytes('still open'))
      const read = text(await reader.read(100))
      writer.close()
      await writer.waitClosed()
      return [written, read]
    })
    expect(log).toEqual([['close'], 'still open'])
  })

  test('an error of the sink is what drain throws', async () => {
    const errors = await runVirtual(async () => {
      const { readable, log: read } = source()
      const { writable, next } = sink()
      const [reader, writer] = openStreams({ readable, writable })
      writer.transport.setWriteBufferLimits({ high: 0 })
      writer.write('one')
      writer.write('two')
      const draining = createTask(writer.drain())
      await hostTurn()
      next()?.reject(new RangeError('disk full'))
      const found = [await errorOf(draining), await errorOf(reader.read())]
      expect(read).toEqual(['pull', 'cancel', found[0]])
      return found
    })
    expect(errors).toEqual([new RangeError('disk full'), new RangeError('disk full')])
  })

  test('abort aborts both at once', async () => {
    const log = await runVirtual(async () => {
      const { readable, log: read } = source()
      const { writable, log: written } = sink()
      const [, writer] = openStreams({ readable, writable })
      writer.transport.abort()
      await writer.waitClosed()
      return [written, read[0]]
    })
    expect(log).toEqual([['abort', 'AbortError'], 'cancel'])
  })

  test('chunks that are no bytes end the connection', async () => {
    const error = await runVirtual(async () => {
      const { readable, controller } = source()
      const [reader] = openStreams({ readable })
      controller.enqueue('text')
      return await errorOf(reader.read())
    })
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toMatch(/^a web stream expected chunks of bytes .* got a string$/)
  })

  test('writing to a readable alone is an error', async () => {
    await runVirtual(async () => {
      const [, writer] = openStreams({ readable: empty() })
      expect(() => writer.write('data')).toThrow(/expected a writable side/)
    })
  })

  test('nothing is reported when a loop ends with open streams', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const { readable, controller, log } = source()
    await runVirtual(async () => {
      openStreams({ readable })
      await hostTurn()
    }, loop)
    controller.enqueue(bytes('too late'))
    await hostTurn()
    expect(reports).toEqual([])
    expect(log).toEqual(['pull', 'cancel', expect.objectContaining({ name: 'AbortError' })])
  })
})

describe('a virtual clock', () => {
  // By the host alone: an await of the test's own would hold the clock, too.
  const afterTurns = (turns: number, callback: () => void): void => {
    setImmediate(() => (turns === 1 ? callback() : afterTurns(turns - 1, callback)))
  }

  test('stands still while somebody waits for a web stream, and only then', async () => {
    const times = await runVirtual(async () => {
      const { readable, controller } = source()
      const { writable, next } = sink()
      const [reader, writer] = openStreams({ readable, writable })
      const loop = getRunningLoop()
      await sleep(5)
      const alarm = createTask(sleep(1_000))
      afterTurns(5, () => controller.enqueue(bytes('x')))
      await reader.read(1)
      const found = [loop.time()]
      writer.transport.setWriteBufferLimits({ high: 0 })
      writer.write('one')
      writer.write('two')
      afterTurns(5, () => next()?.resolve())
      await writer.drain()
      found.push(loop.time())
      const cancelled = createTask(reader.read(1))
      await sleep(0)
      cancelled.cancel()
      await alarm
      found.push(loop.time())
      return found
    })
    expect(times).toEqual([5, 5, 1_005])
  })
})

describe('streams of Node', () => {
  test('a Duplex, through its web form', async () => {
    const echo = await run(
      async () => {
        const duplex = new PassThrough()
        const [reader, writer] = openStreams(Duplex.toWeb(duplex))
        writer.write('echo\n')
        const line = text(await reader.readline())
        writer.writeEof()
        const left = await reader.read()
        writer.close()
        await writer.waitClosed()
        return [line, left.length, duplex.writableFinished]
      },
      { loopFactory: () => new EventLoop() },
    )
    expect(echo).toEqual(['echo\n', 0, true])
  })

  test('a Readable, as the source of a readable stream', async () => {
    const read = await run(async () => {
      const body = readableStreamOf(Readable.from([Buffer.from('one '), 'two']))
      return await new Response(body).text()
    })
    expect(read).toBe('one two')
  })
})

describe('readableStreamOf', () => {
  test('a reader gives its bytes as they come', async () => {
    const read = await runVirtual(async () => {
      const [[, writer], [reader]] = memoryStreamPair()
      const chunks: string[] = []
      const stream = readableStreamOf(reader).getReader()
      for (const chunk of ['one', 'two']) {
        writer.write(chunk)
        const { value } = await stream.read()
        chunks.push(text(value as Uint8Array))
      }
      writer.close()
      return [...chunks, (await stream.read()).done]
    })
    expect(read).toEqual(['one', 'two', true])
  })

  test('an async generator of either kind is code of a task', async () => {
    const read = await runVirtual(async () => {
      const main = currentTask()
      async function* native() {
        const task = currentTask()
        await sleep(0)
        yield 'one'
        yield new Uint8Array()
        await sleep(0)
        yield bytes(task !== null && task !== main ? ' two' : ' nobody')
      }
      const ours = asyncGenerator(function* () {
        yield* sleep(0)
        yield 'three'
      })
      return [
        await new Response(readableStreamOf(native())).text(),
        await new Response(readableStreamOf(ours())).text(),
      ]
    })
    expect(read).toEqual(['one two', 'three'])
  })

  test('an empty chunk is none', async () => {
    const lengths = await runVirtual(async () => {
      async function* native() {
        yield new Uint8Array()
        yield ''
        yield 'one'
      }
      const stream = readableStreamOf(native()).getReader()
      return (await stream.read()).value?.length
    })
    expect(lengths).toBe(3)
  })

  test('cancelling it cancels the read and closes the generator', async () => {
    const log = await runVirtual(async () => {
      const found: unknown[] = []
      async function* source() {
        try {
          yield 'one'
          await sleep(1_000)
        } catch (error) {
          found.push((error as Error).name)
          throw error
        } finally {
          found.push(getRunningLoop().time())
        }
      }
      const reader = readableStreamOf(source()).getReader()
      await reader.read()
      const pending = reader.read()
      await hostTurn()
      await reader.cancel('enough')
      found.push((await pending).done)
      return found
    })
    expect(log).toEqual(['CancelledError', 0, true])
  })

  test('a failure is the stream’s', async () => {
    const error = await runVirtual(async () => {
      const [[, writer], [reader]] = memoryStreamPair()
      writer.transport.abort()
      return await errorOf(new Response(readableStreamOf(reader)).text())
    })
    expect(error.name).toBe('ConnectionResetError')
  })

  test('refuses what is neither', async () => {
    await runVirtual(async () => {
      for (const wrong of [null, 5, 'text', [1]]) {
        expect(() => readableStreamOf(wrong as never)).toThrow(
          /readableStreamOf expected a StreamReader or an async iterable, got/,
        )
      }
    })
  })
})

describe('writableStreamOf', () => {
  test('goes at the pace of the connection, and ends the writing side only', async () => {
    const log = await runVirtual(async () => {
      const [[reader, writer], [peerReader, peer]] = memoryStreamPair({ limit: 1 })
      let pulled = 0
      const big = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            pulled += 1
            if (pulled > 10) controller.close()
            else controller.enqueue(new Uint8Array(65_536))
          },
        },
        { highWaterMark: 0 },
      )
      const piped = big.pipeTo(writableStreamOf(writer))
      for (let n = 0; n < 20; n += 1) await hostTurn()
      const early = pulled
      const { length } = await peerReader.read()
      await piped
      peer.write('thanks')
      return [early < 6, length, text(await reader.read(10)), writer.isClosing()]
    })
    expect(log).toEqual([true, 655_360, 'thanks', false])
  })

  test('aborting it aborts the connection', async () => {
    const name = await runVirtual(async () => {
      const [[, writer], [peerReader]] = memoryStreamPair()
      await writableStreamOf(writer).abort(new RangeError('why'))
      return (await errorOf(peerReader.read())).name
    })
    expect(name).toBe('ConnectionResetError')
  })

  test('without half-close, its end is that of the connection', async () => {
    const closed = await runVirtual(async () => {
      const [, writer] = openStreams({ readable: source().readable })
      await writableStreamOf(writer).close()
      return writer.isClosing()
    })
    expect(closed).toBe(true)
  })
})
