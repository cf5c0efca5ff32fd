import {
  CancelledError,
  createTask,
  getRunningLoop,
  IncompleteReadError,
  LimitOverrunError,
  RuntimeError,
  runSync,
  StreamReader,
  sleep,
  type Transport,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'
import { bytes, spellings, text } from './support.ts'

const DATA = bytes('line1\nline2\nline3\n')

function reader(limit?: number, ...chunks: string[]): StreamReader {
  const made = new StreamReader(limit === undefined ? {} : { limit })
  for (const chunk of chunks) made.feedData(bytes(chunk))
  return made
}

/** What is buffered, taken out. */
async function rest(stream: StreamReader): Promise<string> {
  stream.feedEof()
  return text(await stream.read())
}

class FakeTransport implements Partial<Transport> {
  readonly calls: string[] = []
  pauseReading(): void {
    this.calls.push('pause')
  }
  resumeReading(): void {
    this.calls.push('resume')
  }
  static for(stream: StreamReader): FakeTransport {
    const transport = new FakeTransport()
    stream.setTransport(transport as unknown as Transport)
    return transport
  }
}

describe.each(spellings)('behind %s', (_name, via) => {
  test('read gives what is there, up to n', async () => {
    const read = await runVirtual(async () => {
      const stream = reader(undefined, 'line1', 'line2')
      const first = await createTask(via(() => stream.read(5)))
      const second = await createTask(via(() => stream.read(100)))
      return [text(first), text(second)]
    })
    expect(read).toEqual(['line1', 'line2'])
  })

  test('read waits for the first bytes', async () => {
    const read = await runVirtual(async () => {
      const stream = reader()
      const task = createTask(via(() => stream.read(30)))
      getRunningLoop().callSoon(() => stream.feedData(DATA))
      return await task
    })
    expect(read).toEqual(DATA)
  })

  test('read gives nothing for 0, at once, and at the end', async () => {
    const read = await runVirtual(async () => {
      const stream = reader(undefined, 'data')
      const none = await createTask(via(() => stream.read(0)))
      const waiting = reader()
      const task = createTask(via(() => waiting.read(1024)))
      getRunningLoop().callSoon(() => waiting.feedEof())
      return [none, await task, await rest(stream)]
    })
    expect(read).toEqual([new Uint8Array(), new Uint8Array(), 'data'])
  })

  test('read without a number reads to the end, past the limit', async () => {
    const read = await runVirtual(async () => {
      const stream = reader(3)
      const transport = FakeTransport.for(stream)
      const task = createTask(via(() => stream.read()))
      for (const chunk of ['chunk1\n', 'chunk2', 'chunk3']) {
        await sleep(1)
        stream.feedData(bytes(chunk))
      }
      await sleep(1)
      stream.feedEof()
      return [text(await task), transport.calls]
    })
    expect(read).toEqual(['chunk1\nchunk2chunk3', ['pause', 'resume']])
  })

  test('readline joins chunks and leaves what follows', async () => {
    const read = await runVirtual(async () => {
      const stream = reader(undefined, 'chunk1 ')
      const task = createTask(via(() => stream.readline()))
      getRunningLoop().callSoon(() => {
        for (const chunk of ['chunk2 ', 'chunk3 ', '\n chunk4']) stream.feedData(bytes(chunk))
      })
      return [text(await task), await rest(stream)]
    })
    expect(read).toEqual(['chunk1 chunk2 chunk3 \n', ' chunk4'])
  })

  test('readexactly waits for all of it', async () => {
    const read = await runVirtual(async () => {
      const stream = reader(3)
      const task = createTask(via(() => stream.readexactly(36)))
      getRunningLoop().callSoon(() => {
        for (let n = 0; n < 3; n += 1) stream.feedData(DATA.slice())
      })
      return [text(await task), await rest(stream)]
    })
    expect(read).toEqual([text(DATA).repeat(2), text(DATA)])
  })

  test('readuntil finds a separator across chunks', async () => {
    const read = await runVirtual(async () => {
      const found: string[] = []
      for (const chunks of [
        ['QWEaa', 'XYaa', 'a'],
        ['QWEaa', 'XYa', 'aa'],
        ['aaa'],
        ['XXX', 'a', 'a', 'a'],
      ]) {
        const stream = reader(undefined, ...chunks)
        found.push(text(await createTask(via(() => stream.readuntil('aaa')))), await rest(stream))
      }
      return found
    })
    expect(read).toEqual(['QWEaaXYaaa', '', 'QWEaaXYaaa', '', 'aaa', '', 'XXXaaa', ''])
  })

  test('a failure is what the waiting read throws, and all others', async () => {
    const errors = await runVirtual(async () => {
      const failing = reader(undefined, 'line')
      const waiting = createTask(via(() => failing.readline()))
      await sleep(0)
      failing.setException(new RangeError('reset'))
      const calls = [
        () => failing.read(),
        () => failing.read(2),
        () => failing.read(0),
        () => failing.readline(),
        () => failing.readexactly(1),
        () => failing.readuntil('x'),
      ]
      const found = [await errorOf(waiting)]
      for (const call of calls) found.push(await errorOf(createTask(via<Uint8Array>(call))))
      return found
    })
    expect(errors.map((error) => error.message)).toEqual(Array(7).fill('reset'))
  })

  test('a cancelled read takes nothing', async () => {
    const read = await runVirtual(async () => {
      const calls = [
        (stream: StreamReader) => stream.read(),
        (stream: StreamReader) => stream.readline(),
        (stream: StreamReader) => stream.readexactly(100),
        (stream: StreamReader) => stream.readuntil(['\r', 'xyz']),
      ]
      const found: unknown[] = []
      for (const call of calls) {
        const stream = reader()
        const task = createTask(via(() => call(stream)))
        await sleep(1)
        stream.feedData(bytes('some'))
        await sleep(1)
        // In the very step in which more has come.
        stream.feedData(bytes('thing'))
        task.cancel()
        const error = await errorOf(task)
        found.push(error instanceof CancelledError, await rest(stream))
      }
      return found
    })
    expect(read).toEqual([
      true,
      'something',
      true,
      'something',
      true,
      'something',
      true,
      'something',
    ])
  })

  test('after a cancellation the next read waits and is woken', async () => {
    const read = await runVirtual(async () => {
      const stream = reader()
      const task = createTask(via(() => stream.read(10)))
      await sleep(0)
      task.cancel()
      const next = createTask(via(() => stream.read(10)))
      await sleep(0)
      stream.feedData(bytes('data'))
      await errorOf(task)
      return text(await next)
    })
    expect(read).toBe('data')
  })

  test('an exception after a cancellation finds nobody', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      const stream = reader()
      const task = createTask(via(() => stream.readline()))
      await sleep(0)
      task.cancel()
      stream.setException(new RangeError('message'))
      expect(await errorOf(task)).toBeInstanceOf(CancelledError)
      const later = createTask(via(() => stream.readline()))
      expect(await errorOf(later)).toEqual(new RangeError('message'))
    }, loop)
    expect(reports).toEqual([])
  })

  test('what comes for a read that is being cancelled is kept', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const read = await runVirtual(async () => {
      const stream = reader()
      const task = createTask(via(() => stream.read(10)))
      await sleep(0)
      task.cancel()
      stream.feedData(bytes('data'))
      await errorOf(task)
      return text(await createTask(via(() => stream.read(10))))
    }, loop)
    expect([read, reports]).toEqual(['data', []])
  })

  test('an exception for a read that is cancelled right afterwards is no report', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const error = await runVirtual(async () => {
      const stream = reader()
      const task = createTask(via(() => stream.readline()))
      await sleep(0)
      stream.setException(new RangeError('message'))
      task.cancel()
      return await errorOf(task)
    }, loop)
    expect(error).toBeInstanceOf(CancelledError)
    expect(reports).toEqual([])
  })

  test('two coroutines cannot wait at once', async () => {
    const error = await runVirtual(async () => {
      const stream = reader()
      const first = createTask(via(() => stream.readline()))
      await sleep(0)
      const found = await errorOf(createTask(via(() => stream.readexactly(3))))
      stream.feedEof()
      await first
      return found
    })
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error.message).toMatch(/^readexactly\(\) was called while another coroutine waits/)
  })
})

describe('readline', () => {
  test.each([
    ['a line that is too long, its end there', 3, ['li', 'ne1\nline2\n'], 'line2\n'],
    ['a line that is too long, its end not there', 3, ['li', 'ne1', 'li'], ''],
  ])('drops %s', async (_what, limit, chunks, left) => {
    const found = await runVirtual(async () => {
      const stream = reader(limit, ...chunks)
      return [await errorOf(stream.readline()), await rest(stream)]
    })
    expect(found[0]).toBeInstanceOf(RangeError)
    expect((found[0] as Error).cause).toBeInstanceOf(LimitOverrunError)
    expect(found[1]).toBe(left)
  })

  test('the limit does not count the newline', async () => {
    const found = await runVirtual(async () => {
      const stream = reader(7, '1234567\n12345678\n12345678')
      return [
        text(await stream.readline()),
        (await errorOf(stream.readline())).name,
        (await errorOf(stream.readline())).name,
        await rest(stream),
      ]
    })
    expect(found).toEqual(['1234567\n', 'RangeError', 'RangeError', ''])
  })

  test('one call can have a limit of its own', async () => {
    const found = await runVirtual(async () => {
      const stream = reader(7, '123456789\n123456\n')
      return [
        text(await stream.readline({ limit: 9 })),
        (await errorOf(stream.readline({ limit: 5 }))).name,
        (await errorOf(stream.readline({ limit: 0 }))).message,
      ]
    })
    expect(found).toEqual([
      '123456789\n',
      'RangeError',
      'readline expected a limit above 0 in bytes, got 0',
    ])
  })

  test('gives what is left at the end, then nothing', async () => {
    const found = await runVirtual(async () => {
      const stream = reader(undefined, 'some data')
      stream.feedEof()
      return [text(await stream.readline()), text(await stream.readline()), stream.atEof()]
    })
    expect(found).toEqual(['some data', '', true])
  })
})

describe('readuntil', () => {
  test('without its separator, has what came in the error', async () => {
    const error = (await runVirtual(async () => {
      const stream = reader(undefined, 'some dataAA')
      stream.feedEof()
      const found = await errorOf(stream.readuntil('AAA'))
      expect(stream.atEof()).toBe(true)
      return found
    })) as IncompleteReadError
    expect(error).toBeInstanceOf(IncompleteReadError)
    expect([text(error.partial), error.expected]).toEqual(['some dataAA', null])
  })

  test('beyond the limit, leaves everything in the stream', async () => {
    const found = await runVirtual(async () => {
      const stream = reader(3, 'some dataAA')
      const missing = (await errorOf(stream.readuntil('AAA'))) as LimitOverrunError
      stream.feedData(bytes('A'))
      const late = (await errorOf(stream.readuntil('AAA'))) as LimitOverrunError
      const before = text(await stream.readexactly(late.consumed))
      return [missing.name, missing.consumed, late.consumed, before, await rest(stream)]
    })
    expect(found).toEqual(['LimitOverrunError', 9, 9, 'some data', 'AAA'])
  })

  test('of several separators, the match that ends first', async () => {
    const found = await runVirtual(async () => {
      const stream = reader(undefined, 'line 1\nline 2\rABCDEFG')
      const ends = ['\r', '\n']
      return [
        text(await stream.readuntil(ends)),
        text(await stream.readuntil(ends)),
        text(await stream.readuntil(['DEF', bytes('BCDE')])),
        await rest(stream),
        ends,
      ]
    })
    expect(found).toEqual(['line 1\n', 'line 2\r', 'ABCDE', 'FG', ['\r', '\n']])
  })

  test('of several that end together, the shortest counts for the limit', async () => {
    const error = await runVirtual(async () => {
      const stream = reader(3, 'some dataA')
      return (await errorOf(stream.readuntil(['A', 'ome dataA']))) as LimitOverrunError
    })
    expect(error).toBeInstanceOf(LimitOverrunError)
    expect(error.consumed).toBe(9)
  })

  test('short and long separators together', async () => {
    const found = await runVirtual(async () => {
      const stream = reader(undefined, 'data')
      const task = createTask(stream.readuntil(['A', 'long sep']))
      getRunningLoop().callSoon(() => stream.feedData(bytes('Z')))
      getRunningLoop().callSoon(() => stream.feedData(bytes('Aaaa')))
      return [text(await task), await rest(stream)]
    })
    expect(found).toEqual(['dataZA', 'aaa'])
  })

  test('refuses what cannot be a separator', async () => {
    const stream = reader(undefined, 'data\n')
    const messages = await runVirtual(async () => {
      const found: string[] = []
      for (const separator of ['', [''], ['a', ''], [], 5, [null]]) {
        found.push((await errorOf(stream.readuntil(separator as never))).message)
      }
      return [...found, text(await stream.readuntil())]
    })
    const empty = 'readuntil expected separators of at least one byte, got an empty one'
    expect(messages).toEqual([
      empty,
      empty,
      empty,
      'readuntil expected at least one separator, got none',
      'readuntil expected a Uint8Array or a string, got a number',
      'readuntil expected a Uint8Array or a string, got null',
      'data\n',
    ])
  })
})

describe('numbers', () => {
  test('readexactly at the end says how much was missing', async () => {
    const error = (await runVirtual(async () => {
      const stream = reader(undefined, 'line1\nline2\nline3\n')
      stream.feedEof()
      return await errorOf(stream.readexactly(36))
    })) as IncompleteReadError
    expect(error).toMatchObject({ partial: DATA, expected: 36, code: 'ERR_INCOMPLETE_READ' })
    expect(error.message).toMatch(/^the stream has ended: 18 bytes came of 36 expected/)
  })

  test.each([-1, 1.5, Number.NaN, Infinity])('readexactly(%d) is a RangeError', async (n) => {
    const error = await runVirtual(async () => await errorOf(reader().readexactly(n)))
    expect(error).toBeInstanceOf(RangeError)
    expect(error.message).toContain(String(n))
  })

  test.each(['5', null, {}])('read(%o) is a TypeError', async (n) => {
    const error = await runVirtual(async () => await errorOf(reader().read(n as never)))
    expect(error).toBeInstanceOf(TypeError)
  })

  test('readexactly(0) takes nothing', async () => {
    expect(await runVirtual(async () => await reader().readexactly(0))).toEqual(new Uint8Array())
  })

  test.each([0, -1, Number.NaN, '5'])('a limit of %o is refused', (limit) => {
    expect(() => reader(limit as number)).toThrow(/StreamReader expected a limit above 0/)
  })
})

describe('flow control', () => {
  test('pauses above twice the limit, resumes at the limit', async () => {
    const calls = await runVirtual(async () => {
      const stream = reader(4)
      const transport = FakeTransport.for(stream)
      const seen: number[] = []
      const look = () => seen.push(transport.calls.length)
      stream.feedData(bytes('12345678'))
      look()
      stream.feedData(bytes('9'))
      look()
      stream.feedData(bytes('more'))
      look()
      await stream.readexactly(8)
      look()
      await stream.read(1)
      look()
      return [seen, transport.calls]
    })
    expect(calls).toEqual([
      [0, 1, 1, 1, 2],
      ['pause', 'resume'],
    ])
  })

  test('reading nothing does not resume', async () => {
    const calls = await runVirtual(async () => {
      const stream = reader(4)
      const transport = FakeTransport.for(stream)
      stream.feedData(bytes('123456789'))
      stream.feedEof()
      // As in asyncio, what is dropped at the end makes no room.
      await errorOf(stream.readexactly(100))
      await stream.readexactly(0)
      await stream.read(0)
      return transport.calls
    })
    expect(calls).toEqual(['pause'])
  })

  test('a second transport is refused', () => {
    const stream = reader()
    FakeTransport.for(stream)
    expect(() => FakeTransport.for(stream)).toThrow(RuntimeError)
  })
})

describe('lines', () => {
  test('for await gives them up to the end', async () => {
    const lines = await runVirtual(async () => {
      const stream = reader(undefined, 'line1\nli', 'ne2\nrest')
      stream.feedEof()
      const found: string[] = []
      for await (const line of stream) found.push(text(line))
      return found
    })
    expect(lines).toEqual(['line1\n', 'line2\n', 'rest'])
  })

  test('generators take them by next()', () => {
    const lines = runSync(function* () {
      const stream = reader(undefined, 'line1\nline2\n')
      getRunningLoop().callSoon(() => stream.feedEof())
      const iterator = stream[Symbol.asyncIterator]()
      const found: string[] = []
      for (;;) {
        const { done, value } = yield* iterator.next()
        if (done === true) return found
        found.push(text(value))
      }
    })
    expect(lines).toEqual(['line1\n', 'line2\n'])
  })

  test('a loop that is left can be taken up again', async () => {
    const found = await runVirtual(async () => {
      const stream = reader(undefined, 'line1\nline2\n')
      for await (const _line of stream) break
      return await rest(stream)
    })
    expect(found).toBe('line2\n')
  })
})

describe('feeding', () => {
  test('after the end is an error, also of nothing', () => {
    const stream = reader()
    stream.feedEof()
    expect(() => stream.feedData(bytes('x'))).toThrow(
      new RuntimeError('feedData was called after feedEof'),
    )
  })

  test('nothing changes nothing', async () => {
    const found = await runVirtual(async () => {
      const stream = reader()
      const task = createTask(stream.read(1))
      await sleep(0)
      stream.feedData(new Uint8Array())
      await sleep(0)
      await sleep(0)
      const wasDone = task.done()
      task.cancel()
      await errorOf(task)
      return wasDone
    })
    expect(found).toBe(false)
  })

  test('a Buffer comes out as a Uint8Array', async () => {
    const read = await runVirtual(async () => {
      const stream = reader()
      stream.feedData(Buffer.from('one two'))
      return [await stream.read(3), await stream.read(100)]
    })
    expect(read.map((data) => Buffer.isBuffer(data))).toEqual([false, false])
    expect(read.map(text)).toEqual(['one', ' two'])
  })

  test.each(['text', [1], new ArrayBuffer(3), null])('%o is refused', (data) => {
    expect(() => reader().feedData(data as never)).toThrow(/feedData expected a Uint8Array, got/)
  })
})

test('says how it is', async () => {
  await runVirtual(async () => {
    expect(String(reader())).toBe('<StreamReader>')
    const stream = reader(4, 'data')
    expect(String(stream)).toBe('<StreamReader 4 bytes limit=4>')
    FakeTransport.for(stream)
    stream.feedData(bytes('more data'))
    expect(String(stream)).toBe('<StreamReader 13 bytes limit=4 paused>')
    const waiting = reader()
    const task = createTask(waiting.readline())
    await sleep(0)
    expect(String(waiting)).toBe('<StreamReader awaited>')
    waiting.feedEof()
    await task
    waiting.setException(new RangeError('why'))
    expect(String(waiting)).toBe('<StreamReader eof exception=RangeError: why>')
  })
})
