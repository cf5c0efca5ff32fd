import {
  CancelledError,
  ConnectionResetError,
  createTask,
  getRunningLoop,
  memoryStreamPair,
  RuntimeError,
  runSync,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'
import { bytes, spellings, text } from './support.ts'

const KIB = 1_024

describe('bytes', () => {
  test('arrive at the other end in the next iteration, both ways', async () => {
    const log = await runVirtual(async () => {
      const [[reader, writer], [peerReader, peerWriter]] = memoryStreamPair()
      const found: unknown[] = []
      writer.write('ping')
      peerWriter.write(bytes('pong'))
      const before = getRunningLoop().statistics().iterations
      found.push(text(await peerReader.read(10)), text(await reader.read(10)))
      found.push(getRunningLoop().statistics().iterations - before)
      return found
    })
    // One for the bytes, one for who waits for them.
    expect(log).toEqual(['ping', 'pong', 2])
  })

  test('are copied, so that the array can be used again', async () => {
    const read = await runVirtual(async () => {
      const [[, writer], [reader]] = memoryStreamPair()
      const data = bytes('one')
      writer.write(data)
      data.fill(120)
      writer.writelines([bytes('two'), 'three'])
      const single = bytes('four')
      writer.writelines([single])
      single.fill(120)
      return text(await reader.readexactly(15))
    })
    expect(read).toBe('onetwothreefour')
  })

  test('strings are written as UTF-8, other things not at all', async () => {
    await runVirtual(async () => {
      const [[, writer], [reader]] = memoryStreamPair()
      writer.write('grüße\n')
      expect(text(await reader.readline())).toBe('grüße\n')
      for (const data of [5, null, [1], new ArrayBuffer(1)]) {
        expect(() => writer.write(data as never)).toThrow(/write expected a Uint8Array or a string/)
      }
    })
  })

  test('a generator program needs no host', () => {
    const read = runSync(function* () {
      const [[, writer], [reader]] = memoryStreamPair()
      writer.write('line\n')
      yield* writer.drain()
      return text(yield* reader.readline())
    })
    expect(read).toBe('line\n')
  })
})

describe.each(spellings)('drain behind %s', (_name, via) => {
  test('does not suspend up to the high-water mark', async () => {
    const iterations = await runVirtual(async () => {
      const [[, writer]] = memoryStreamPair()
      const task = createTask(via(() => writer.drain()))
      writer.write(new Uint8Array(64 * KIB))
      const before = getRunningLoop().statistics().iterations
      await writer.drain()
      const after = getRunningLoop().statistics().iterations
      await task
      return after - before
    })
    expect(iterations).toBe(0)
  })

  test('waits for a slow reader, and goes on at the low-water mark', async () => {
    const log = await runVirtual(async () => {
      const [[, writer], [reader]] = memoryStreamPair({ limit: 100 })
      const found: unknown[] = []
      const { transport } = writer
      expect(transport.getWriteBufferLimits()).toEqual({ low: 16 * KIB, high: 64 * KIB })
      writer.write(new Uint8Array(150 * KIB))
      const draining = createTask(via(() => writer.drain()))
      await sleep(1)
      // The first piece fills the reader.
      found.push(transport.getWriteBufferSize() / KIB, draining.done())
      await reader.readexactly(64 * KIB)
      await sleep(1)
      found.push(transport.getWriteBufferSize() / KIB, draining.done())
      await reader.readexactly(64 * KIB)
      await sleep(1)
      found.push(transport.getWriteBufferSize() / KIB, draining.done())
      return found
    })
    expect(log).toEqual([86, false, 22, false, 0, true])
  })

  test('several wait at once; one that is cancelled takes nothing from the others', async () => {
    const log = await runVirtual(async () => {
      const [[, writer], [reader]] = memoryStreamPair({ limit: 1 })
      writer.transport.setWriteBufferLimits({ high: 0 })
      writer.write('first')
      await sleep(1)
      writer.write('second')
      const found: string[] = []
      const drains = ['a', 'b', 'c'].map((name) => {
        const task = createTask(via(() => writer.drain()))
        task.addDoneCallback(() => found.push(`${name} ${task.cancelled()}`))
        return task
      })
      await sleep(1)
      drains[1]?.cancel()
      await sleep(1)
      found.push(text(await reader.readexactly(11)))
      await sleep(1)
      return found
    })
    expect(log).toEqual(['b true', 'firstsecond', 'a false', 'c false'])
  })

  test('throws when the connection is lost meanwhile, or was', async () => {
    const errors = await runVirtual(async () => {
      const [[, writer], [, peer]] = memoryStreamPair({ limit: 1 })
      writer.write(new Uint8Array(200 * KIB))
      const draining = createTask(via(() => writer.drain()))
      await sleep(1)
      peer.transport.abort()
      return [await errorOf(draining), await errorOf(createTask(via(() => writer.drain())))]
    })
    for (const error of errors) expect(error).toBeInstanceOf(ConnectionResetError)
    expect(errors[0]).toBe(errors[1])
  })

  test('lets the loop tell that the connection is closed', async () => {
    const error = await runVirtual(async () => {
      const [[, writer], [, peer]] = memoryStreamPair()
      peer.close()
      // Without a suspension this would go on for ever.
      return await errorOf(
        createTask(async () => {
          for (;;) {
            writer.write('more')
            await createTask(via(() => writer.drain()))
          }
        }),
      )
    })
    expect(error).toBeInstanceOf(ConnectionResetError)
  })
})

describe('the end', () => {
  test('writeEof closes one direction', async () => {
    const log = await runVirtual(async () => {
      const [[reader, writer], [peerReader, peerWriter]] = memoryStreamPair()
      expect(writer.canWriteEof()).toBe(true)
      writer.write('question')
      writer.writeEof()
      writer.writeEof()
      expect(() => writer.write('more')).toThrow(RuntimeError)
      expect(() => writer.writelines(['more'])).toThrow(/^writelines was called after writeEof/)
      const question = text(await peerReader.read())
      peerWriter.write('answer')
      peerWriter.close()
      return [question, text(await reader.read()), reader.atEof(), writer.isClosing()]
    })
    expect(log).toEqual(['question', 'answer', true, false])
  })

  test('a half-closed connection is at rest', async () => {
    const log = await runVirtual(async () => {
      const [[reader, writer], [peerReader, peer]] = memoryStreamPair()
      writer.write('question')
      writer.writeEof()
      peer.writeEof()
      await sleep(1)
      const before = getRunningLoop().statistics().iterations
      await sleep(1)
      const after = getRunningLoop().statistics().iterations
      return [text(await peerReader.read()), reader.atEof(), after - before]
    })
    // One for the timer, one for who sleeps.
    expect(log).toEqual(['question', true, 2])
  })

  test('close sends what is buffered first, and waitClosed waits for that', async () => {
    const log = await runVirtual(async () => {
      const [[, writer], [reader]] = memoryStreamPair({ limit: 1 })
      writer.write(new Uint8Array(100 * KIB))
      writer.close()
      writer.close()
      const closed = createTask(writer.waitClosed())
      await sleep(1)
      const found: unknown[] = [writer.isClosing(), closed.done()]
      const { length } = await reader.read()
      await closed
      await writer.waitClosed()
      return [...found, length, reader.exception()]
    })
    expect(log).toEqual([true, false, 100 * KIB, null])
  })

  test('the end that closes reads no more; what it had is still there', async () => {
    const log = await runVirtual(async () => {
      const [[reader, writer], [, peer]] = memoryStreamPair()
      peer.write('read')
      await sleep(1)
      writer.close()
      await writer.waitClosed()
      return [text(await reader.read()), reader.atEof()]
    })
    expect(log).toEqual(['read', true])
  })

  test('what is left unread by close resets the connection', async () => {
    const errors = await runVirtual(async () => {
      const [[peerReader, peer], [, writer]] = memoryStreamPair()
      peer.write('never read')
      writer.close()
      await writer.waitClosed()
      return [await errorOf(peerReader.read()), await errorOf(peer.waitClosed())]
    })
    expect(errors[0]).toBeInstanceOf(ConnectionResetError)
    expect(errors[0]).toBe(errors[1])
  })

  test('writing to an end that is closed resets the connection', async () => {
    const log = await runVirtual(async () => {
      const [[reader, writer], [peerReader, peer]] = memoryStreamPair()
      peer.close()
      await peer.waitClosed()
      await sleep(1)
      const found: unknown[] = [reader.atEof(), writer.isClosing()]
      writer.write('too late')
      found.push(writer.isClosing(), (await errorOf(writer.waitClosed())).message)
      found.push((await errorOf(writer.drain())).name, peerReader.exception())
      // Dropped, as asyncio does.
      writer.write('more')
      return found
    })
    expect(log).toEqual([
      true,
      false,
      true,
      'the other end of the connection is closed',
      'ConnectionResetError',
      null,
    ])
  })

  test('abort drops what is buffered, and the other end is reset', async () => {
    const log = await runVirtual(async () => {
      const [[reader, writer], [peerReader, peer]] = memoryStreamPair({ limit: 1 })
      writer.write(new Uint8Array(200 * KIB))
      const reading = createTask(peerReader.readexactly(300 * KIB))
      await sleep(1)
      writer.transport.abort()
      writer.transport.abort()
      const error = await errorOf(reading)
      await writer.waitClosed()
      return [
        error.message,
        (await errorOf(peer.waitClosed())).name,
        reader.atEof(),
        writer.transport.getWriteBufferSize(),
      ]
    })
    expect(log).toEqual([
      'the connection was reset by the other end',
      'ConnectionResetError',
      true,
      0,
    ])
  })

  test('both ends may close at once', async () => {
    const exceptions = await runVirtual(async () => {
      const [[reader, writer], [peerReader, peer]] = memoryStreamPair()
      writer.close()
      peer.close()
      await writer.waitClosed()
      await peer.waitClosed()
      return [reader.exception(), peerReader.exception()]
    })
    expect(exceptions).toEqual([null, null])
  })

  test('a cancelled waitClosed leaves the others waiting', async () => {
    const log = await runVirtual(async () => {
      const [[, writer]] = memoryStreamPair()
      const tasks = [createTask(writer.waitClosed()), createTask(() => writer.waitClosed())]
      await sleep(1)
      tasks[0]?.cancel()
      const error = await errorOf(tasks[0] as PromiseLike<void>)
      await sleep(1)
      const before = tasks[1]?.done()
      writer.close()
      await tasks[1]
      return [error, before]
    })
    expect(log).toEqual([expect.any(CancelledError), false])
  })

  test('await using closes it', async () => {
    const read = await runVirtual(async () => {
      const [[, writer], [reader]] = memoryStreamPair()
      {
        await using open = writer
        open.write('data')
      }
      expect(writer.isClosing()).toBe(true)
      return text(await reader.read())
    })
    expect(read).toBe('data')
  })

  test('a reset that nobody asks for is no report', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      const [[, writer], [, peer]] = memoryStreamPair()
      writer.write('data')
      peer.transport.abort()
      await sleep(1)
    }, loop)
    expect(reports).toEqual([])
  })
})

describe('the transport', () => {
  test.each([
    [{ high: 400 }, { low: 100, high: 400 }],
    [{ low: 100 }, { low: 100, high: 400 }],
    [{ high: 0 }, { low: 0, high: 0 }],
    [
      { low: 7, high: 7 },
      { low: 7, high: 7 },
    ],
    [{ high: 10 }, { low: 2, high: 10 }],
    [undefined, { low: 16 * KIB, high: 64 * KIB }],
  ])('water marks %o', async (given, limits) => {
    await runVirtual(async () => {
      const [[, { transport }]] = memoryStreamPair()
      transport.setWriteBufferLimits(given)
      expect(transport.getWriteBufferLimits()).toEqual(limits)
    })
  })

  test.each([{ low: 5, high: 4 }, { low: -1 }, { high: -1 }, { high: Number.NaN }])(
    'refuses water marks %o',
    async (given) => {
      await runVirtual(async () => {
        const [[, { transport }]] = memoryStreamPair()
        expect(() => transport.setWriteBufferLimits(given)).toThrow(RangeError)
      })
    },
  )

  test('a protocol that fails ends the connection, and is reported', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const error = await runVirtual(async () => {
      const [[, writer], [reader, peer]] = memoryStreamPair()
      reader.feedEof()
      writer.write('after the end')
      return await errorOf(peer.waitClosed())
    }, loop)
    expect(error.message).toBe('feedData was called after feedEof')
    expect(reports).toMatchObject([{ message: 'protocol.dataReceived() failed', exception: error }])
  })

  test('tells a protocol of the end once, which may refuse to stay half open', async () => {
    const log = await runVirtual(async () => {
      const [[, writer], [, peer]] = memoryStreamPair()
      const found: unknown[] = []
      peer.transport.setProtocol({
        connectionMade() {},
        dataReceived: (data) => found.push(text(data)),
        eofReceived: () => {
          found.push('eof')
          return false
        },
        connectionLost: (error) => found.push('lost', error),
        pauseWriting() {},
        resumeWriting() {},
      })
      writer.write('data')
      writer.writeEof()
      writer.writeEof()
      await sleep(1)
      writer.writeEof()
      await sleep(1)
      return [...found, peer.isClosing()]
    })
    expect(log).toEqual(['data', 'eof', 'lost', null, true])
  })

  test('what is paused is told nothing, not even the end', async () => {
    const log = await runVirtual(async () => {
      const [[, writer], [reader, { transport }]] = memoryStreamPair()
      transport.pauseReading()
      writer.write('data')
      writer.close()
      await sleep(1)
      const found: unknown[] = [String(reader), transport.isReading()]
      transport.resumeReading()
      await sleep(1)
      return [...found, String(reader), transport.isReading()]
    })
    expect(log).toEqual(['<StreamReader>', false, '<StreamReader 4 bytes eof>', true])
  })

  test('pausing counts at once, for what is on its way too', async () => {
    const log = await runVirtual(async () => {
      const [[, writer], [reader, { transport }]] = memoryStreamPair()
      writer.writeEof()
      transport.pauseReading()
      await sleep(1)
      const wasAtEnd = reader.atEof()
      transport.resumeReading()
      await sleep(1)
      return [wasAtEnd, reader.atEof()]
    })
    expect(log).toEqual([false, true])
  })

  test('knows nothing of sockets', async () => {
    await runVirtual(async () => {
      const [[, writer]] = memoryStreamPair()
      expect([writer.getExtraInfo('peername'), writer.getExtraInfo('peername', 'x')]).toEqual([
        undefined,
        'x',
      ])
      expect(String(writer)).toBe(
        '<StreamWriter transport=<MemoryTransport open buffered=0> reader=<StreamReader>>',
      )
    })
  })
})
