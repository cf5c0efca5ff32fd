import { createTask, Event, gather, once, run, sleep, TimeoutError } from 'hocket'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { type WSMessage, WSMsgType } from '../../src/websocket/ws-message.ts'
import { type Changes, connectTo, Site } from './support.ts'

let site: Site

beforeEach(async () => {
  site = await new Site().start()
})

afterEach(() => site[Symbol.asyncDispose]())

/** Runs `body` with the two sides of a connection. */
function withPair<T>(
  body: (ws: Awaited<ReturnType<typeof connectTo>>, other: WebSocket) => Promise<T>,
  changes: Changes = {},
): Promise<T> {
  return run(async () => {
    await using ws = await connectTo(site, changes)
    return await body(ws, site.last)
  })
}

const received = ({ type, data, extra }: WSMessage) => [type, data, extra]

describe('messages', () => {
  test('come in order, each as what it is', async () => {
    await withPair(async (ws, other) => {
      other.send('text \u20ac')
      other.send(Buffer.from([1, 2, 3]))
      other.send('{"a":1}')
      expect(received(await ws.receive())).toEqual([WSMsgType.TEXT, 'text \u20ac', null])
      const bytes = await ws.receive()
      expect([bytes.type, Array.from(bytes.data as Uint8Array)]).toEqual([
        WSMsgType.BINARY,
        [1, 2, 3],
      ])
      expect((await ws.receive()).json()).toEqual({ a: 1 })
      other.send('"one"')
      other.send(Buffer.from('two'))
      other.send('[3]')
      expect(await ws.receiveStr()).toBe('"one"')
      expect(String(await ws.receiveBytes())).toBe('two')
      expect(await ws.receiveJson()).toEqual([3])
    })
  })

  test('go out in order, as what they are', async () => {
    await withPair(async (ws, other) => {
      const heard: unknown[] = []
      other.on('message', (data, isBinary) =>
        heard.push(isBinary ? data : (data as Buffer).toString()),
      )
      const ended = once(other, 'close')
      await ws.sendStr('one')
      await gather([ws.sendJson({ two: 2 }), ws.sendBytes(Buffer.from('three'))])
      await ws.close()
      await ended
      expect(heard).toEqual(['one', '{"two":2}', Buffer.from('three')])
    })
  })

  test('that are none are refused before anything is sent', async () => {
    await withPair(async (ws) => {
      expect(() => ws.sendStr(1 as never)).toThrow(TypeError)
      expect(() => ws.sendBytes('x' as never)).toThrow(TypeError)
      expect(() => ws.sendJson(undefined)).toThrow(TypeError)
      expect(() => ws.close(1006)).toThrow(RangeError)
      expect(() => ws.close(1000, '\u20ac'.repeat(42))).toThrow(RangeError)
    })
  })

  test('of another type than asked for are an error', async () => {
    await withPair(async (ws, other) => {
      other.send('text')
      await expect(ws.receiveBytes()).rejects.toThrow('expected a message of type BINARY, got TEXT')
      other.close(1001)
      await expect(ws.receiveStr()).rejects.toThrow('got CLOSE (1001)')
    })
  })

  test('may be compressed', async () => {
    await using packed = await new Site({ perMessageDeflate: { threshold: 0 } }).start()
    await run(async () => {
      await using ws = await connectTo(packed, { compress: 12 })
      expect(ws.compress).toBe(true)
      const text = 'again and '.repeat(10_000)
      packed.last.on('message', (data) => packed.last.send((data as Buffer).toString()))
      await ws.sendStr(text)
      expect(await ws.receiveStr()).toBe(text)
      await using plain = await connectTo(packed)
      expect(plain.compress).toBe(false)
    })
  })
})

describe('receive', () => {
  test('cancelled, loses no message', async () => {
    await withPair(async (ws, other) => {
      // The message is there, its receiver woken, and cancelled before it goes on.
      const arrived = new Promise<void>((resolve) => ws._socket.once('message', () => resolve()))
      const task = createTask(ws.receive())
      await sleep(0)
      other.send('kept')
      void arrived.then(() => task.cancel())
      await expect(task).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
      other.send('next')
      expect([await ws.receiveStr(), await ws.receiveStr()]).toEqual(['kept', 'next'])
    })
  })

  test('times out, and the connection goes on', async () => {
    await withPair(
      async (ws, other) => {
        await expect(ws.receive()).rejects.toThrow(TimeoutError)
        await expect(ws.receiveStr(1)).rejects.toThrow(TimeoutError)
        const late = createTask(ws.receiveStr(null))
        await sleep(30)
        other.send('late')
        expect(await late).toBe('late')
      },
      { receiveTimeout: 10 },
    )
  })

  test('is for one task at a time', async () => {
    await withPair(async (ws, other) => {
      const first = createTask(ws.receiveStr())
      await sleep(0)
      await expect(ws.receive()).rejects.toMatchObject({ code: 'ERR_HTTP_RECEIVING' })
      other.send('for the first')
      expect(await first).toBe('for the first')
    })
  })

  test('iterates up to the end', async () => {
    await withPair(async (ws, other) => {
      for (const text of ['1', '2', '3']) other.send(text)
      other.close(4000, 'done')
      const texts: unknown[] = []
      for await (const message of ws) texts.push(message.data)
      expect([texts, ws.closed, ws.closeCode]).toEqual([['1', '2', '3'], true, 4000])
    })
  })
})

describe('the end', () => {
  test('by the other side is a message, and then nothing but the end', async () => {
    await withPair(async (ws, other) => {
      other.send('last')
      other.close(1001, 'going')
      expect(await ws.receiveStr()).toBe('last')
      expect(ws.closed).toBe(false)
      expect(received(await ws.receive())).toEqual([WSMsgType.CLOSE, 1001, 'going'])
      expect(ws.closed).toBe(true)
      expect(received(await ws.receive())).toEqual([WSMsgType.CLOSED, null, null])
      expect(await ws.close()).toBe(false)
      await expect(ws.sendStr('x')).rejects.toMatchObject({ name: 'ClientConnectionResetError' })
      expect(ws.exception()).toBeNull()
    })
  })

  test('by a broken connection has the code 1006', async () => {
    await withPair(async (ws, other) => {
      other.terminate()
      expect((await ws.receive()).type).toBe(WSMsgType.CLOSED)
      expect([ws.closed, ws.closeCode]).toEqual([true, 1006])
    })
  })

  test('by close() tells the other side why, and whoever receives', async () => {
    await withPair(async (ws, other) => {
      const ended = once<[number, Buffer]>(other, 'close')
      const receiver = createTask(ws.receive())
      await sleep(0)
      expect(await ws.close(4001, 'enough')).toBe(true)
      expect((await receiver).type).toBe(WSMsgType.CLOSING)
      expect((await ws.receive()).type).toBe(WSMsgType.CLOSED)
      const [code, reason] = await ended
      expect([code, String(reason), ws.closeCode]).toEqual([4001, 'enough', 4001])
      expect(await ws.close()).toBe(false)
    })
  })

  test('by close() does not wait for ever for the other side', async () => {
    await withPair(
      async (ws) => {
        // Nobody reads there, so nobody answers.
        site.sockets[0]?.pause()
        expect(await ws.close()).toBe(true)
        expect([ws.closeCode, ws.exception()]).toEqual([1006, expect.any(TimeoutError)])
      },
      { closeTimeout: 20 },
    )
  })

  test('by close() that is cancelled cuts the connection', async () => {
    await withPair(async (ws) => {
      const there = site.sockets[0]
      there?.pause()
      const closing = createTask(ws.close())
      await sleep(0)
      closing.cancel()
      await expect(closing).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
      const ended = once(there as never, 'close')
      there?.resume()
      await ended
      expect(ws.closed).toBe(true)
    })
  })

  test('comes also where the other side goes on talking', async () => {
    await withPair(async (ws, other) => {
      const chatter = setInterval(() => other.send('x'.repeat(10_000)), 1)
      try {
        await sleep(20)
        expect(await ws.close()).toBe(true)
        expect(ws.closeCode).toBe(1000)
      } finally {
        clearInterval(chatter)
      }
    })
  })

  test('by a message that is too long is an error with the code 1009', async () => {
    await withPair(
      async (ws, other) => {
        const ended = once<[number]>(other, 'close')
        other.send('x'.repeat(100))
        other.send('x'.repeat(101))
        expect((await ws.receiveStr()).length).toBe(100)
        const message = await ws.receive()
        expect(message.type).toBe(WSMsgType.ERROR)
        expect(message.data).toMatchObject({ name: 'ClientError', code: 'ERR_HTTP_WEBSOCKET' })
        expect((await ws.receive()).type).toBe(WSMsgType.CLOSED)
        expect([ws.closeCode, ws.exception()]).toEqual([1009, message.data])
        expect((await ended)[0]).toBe(1009)
      },
      { maxMsgSize: 100 },
    )
  })

  test('by broken UTF-8 is an error with the code 1007', async () => {
    await withPair(async (ws) => {
      site.sockets[0]?.write(Buffer.from([0x81, 0x01, 0xff]))
      expect((await ws.receive()).type).toBe(WSMsgType.ERROR)
      expect(ws.closeCode).toBe(1007)
    })
  })
})

describe('pings', () => {
  test('are answered by themselves', async () => {
    await withPair(async (ws, other) => {
      const pong = once<[Buffer]>(other, 'pong')
      other.ping('are you there?')
      expect(String((await pong)[0])).toBe('are you there?')
      other.send('next')
      expect(await ws.receiveStr()).toBe('next')
    })
  })

  test('are messages without autoping', async () => {
    await withPair(
      async (ws, other) => {
        other.ping('p')
        const ping = await ws.receive()
        expect([ping.type, String(ping.data)]).toEqual([WSMsgType.PING, 'p'])
        const answered = once<[Buffer]>(other, 'pong')
        await ws.pong('mine')
        expect(String((await answered)[0])).toBe('mine')
        await ws.ping('q')
        const pong = await ws.receive()
        expect([pong.type, String(pong.data)]).toEqual([WSMsgType.PONG, 'q'])
      },
      { autoping: false },
    )
  })

  test('keep a silent connection, as long as they are answered', async () => {
    await withPair(
      async (ws, other) => {
        const pings = new Event()
        let count = 0
        other.on('ping', () => {
          count += 1
          if (count === 2) pings.set()
        })
        await pings.wait()
        other.send('still here')
        expect(await ws.receiveStr()).toBe('still here')
      },
      { heartbeat: 200 },
    )
  })

  test('that are not answered end it', async () => {
    await withPair(
      async (ws) => {
        site.sockets[0]?.pause()
        const message = await ws.receive()
        expect([message.type, message.data]).toEqual([
          WSMsgType.ERROR,
          expect.objectContaining({ name: 'SocketTimeoutError' }),
        ])
        expect((await ws.receive()).type).toBe(WSMsgType.CLOSED)
        expect(ws.closeCode).toBe(1006)
        expect(ws.exception()).toBe(message.data)
      },
      { heartbeat: 40 },
    )
  })

  test('do not end one whose messages nobody takes', async () => {
    await withPair(
      async (ws, other) => {
        for (let i = 0; i < 200; i += 1) other.send(`${i}`.padEnd(1000))
        await sleep(300)
        const texts: number[] = []
        for (let i = 0; i < 200; i += 1) texts.push(Number(await ws.receiveStr()))
        expect(texts).toEqual(Array.from({ length: 200 }, (_, i) => i))
      },
      { heartbeat: 60 },
    )
  })
})

describe('back-pressure', () => {
  test('what nobody takes stays with the other side', async () => {
    await withPair(async (ws, other) => {
      const chunk = Buffer.alloc(256 * 1024, 'x')
      const count = 200
      for (let i = 0; i < count; i += 1) other.send(chunk)
      await sleep(100)
      // 50 MB were given to it, and most of that is still there.
      expect(other.bufferedAmount).toBeGreaterThan((count * chunk.length) / 2)
      let bytes = 0
      for (let i = 0; i < count; i += 1) bytes += (await ws.receiveBytes()).length
      expect(bytes).toBe(count * chunk.length)
    })
  })

  test('who sends waits for the network, and a message is sent whole even so', async () => {
    await withPair(async (ws, other) => {
      const there = site.sockets[0]
      there?.pause()
      const chunk = Buffer.alloc(16 * 1024 * 1024, 'y')
      const sending = createTask(ws.sendBytes(chunk))
      await sleep(50)
      expect(sending.done()).toBe(false)
      sending.cancel()
      await expect(sending).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
      const heard = once<[Buffer]>(other, 'message')
      there?.resume()
      expect((await heard)[0].length).toBe(chunk.length)
    })
  })
})

test('its end reaches a loop that has gone', async () => {
  const ws = await run(async () => await connectTo(site, { heartbeat: 1000 }))
  const ended = new Promise((resolve) => ws._socket.once('close', resolve))
  site.last.terminate()
  await ended
  expect(ws.closeCode).toBe(1006)
})
