import {
  coroutine,
  getRunningLoop,
  type MemoryReceiveChannel,
  type MemorySendChannel,
  openMemoryChannel,
  sleep,
  type Task,
  use,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'
import {
  iteration,
  outcomeOf,
  outcomesOf,
  play,
  type Spelling,
  spawn,
  spellings,
  turns,
} from '../sync/both.ts'

const sender = <T>(spelling: Spelling, channel: MemorySendChannel<T>, item: T) =>
  spawn(spelling, function* () {
    yield channel.send(item)
    return 'sent'
  })
const receiver = (spelling: Spelling, channel: MemoryReceiveChannel<unknown>) =>
  spawn(spelling, function* () {
    return yield channel.receive()
  })
const withCode = (code: string) => expect.objectContaining({ code })
const wouldBlock = withCode('ERR_WOULD_BLOCK')
const broken = withCode('ERR_BROKEN_RESOURCE')
const closed = withCode('ERR_CLOSED_RESOURCE')
const ended = withCode('ERR_END_OF_CHANNEL')

// Named after trio's test_channel.py.
describe.each(spellings)('a memory channel behind %s', (_name, spelling) => {
  test('test_channel: items come in order, through a buffer without a suspension', async () => {
    await play(spelling, function* () {
      const [send, receive] = openMemoryChannel<number>(2)
      const before = iteration()
      yield send.send(1)
      send.sendNowait(2)
      expect(() => send.sendNowait(3)).toThrow(wouldBlock)
      expect([yield receive.receive(), receive.receiveNowait()]).toEqual([1, 2])
      expect(() => receive.receiveNowait()).toThrow(wouldBlock)
      expect(iteration()).toBe(before)
    })
  })

  test('test_unbuffered: with 0 the sender waits for a receiver', async () => {
    await play(spelling, function* () {
      const [send, receive] = openMemoryChannel<string>()
      expect(() => receive.receiveNowait()).toThrow(wouldBlock)
      expect(() => send.sendNowait('x')).toThrow(wouldBlock)
      const sending = sender(spelling, send, 'x')
      yield* turns(3)
      expect([outcomeOf(sending), send.statistics().tasksWaitingSend]).toEqual(['pending', 1])
      const before = iteration()
      expect(yield receive.receive()).toBe('x')
      expect(iteration()).toBe(before)
      expect(yield sending).toBe('sent')
      const receiving = receiver(spelling, receive)
      yield sleep(0)
      send.sendNowait('y')
      expect(() => send.sendNowait('z')).toThrow(wouldBlock)
      expect(yield receiving).toBe('y')
    })
  })

  test('receivers and senders are served in order, and nobody overtakes', async () => {
    await play(spelling, function* () {
      const [send, receive] = openMemoryChannel<number>(0)
      const receivers = [1, 2, 3].map(() => receiver(spelling, receive))
      yield sleep(0)
      for (const item of [1, 2, 3]) send.sendNowait(item)
      expect(() => receive.receiveNowait()).toThrow(wouldBlock)
      expect(yield* outcomesOf(receivers)).toEqual([1, 2, 3])
      const senders = [4, 5, 6].map((item) => sender(spelling, send, item))
      yield sleep(0)
      expect([receive.receiveNowait(), receive.receiveNowait()]).toEqual([4, 5])
      expect(yield receive.receive()).toBe(6)
      yield* outcomesOf(senders)
    })
  })

  test('a place in the buffer goes to the first who waits to send', async () => {
    await play(spelling, function* () {
      const [send, receive] = openMemoryChannel<number>(1)
      send.sendNowait(1)
      const waiting = sender(spelling, send, 2)
      yield sleep(0)
      expect(receive.receiveNowait()).toBe(1)
      expect(() => send.sendNowait(3)).toThrow(wouldBlock)
      expect([receive.receiveNowait(), yield waiting]).toEqual([2, 'sent'])
    })
  })

  test('test_channel_multiple_producers: receiving ends with the last clone', async () => {
    await play(spelling, function* () {
      const [send, receive] = openMemoryChannel<number>()
      const producers = [0, 10].map((start) => {
        const clone = send.clone()
        return spawn(spelling, function* () {
          for (const item of [start, start + 1]) yield clone.send(item)
          clone.close()
        })
      })
      send.close()
      const got: number[] = []
      try {
        for (;;) got.push(yield receive.receive())
      } catch (error) {
        expect(error).toEqual(ended)
      }
      expect(got.sort((a, b) => a - b)).toEqual([0, 1, 10, 11])
      expect(receive.statistics().openSendChannels).toBe(0)
      yield* outcomesOf(producers)
    })
  })

  test('test_close_basics: who waits at the end that is closed', async () => {
    await play(spelling, function* () {
      const [send, receive] = openMemoryChannel<number>(0)
      const sending = sender(spelling, send, 1)
      yield sleep(0)
      send.close()
      send.close()
      expect(yield* outcomesOf([sending])).toEqual(['ClosedResourceError'])
      expect(() => send.sendNowait(1)).toThrow(closed)
      expect(() => send.clone()).toThrow(closed)
      expect(yield* outcomesOf([sender(spelling, send, 1)])).toEqual(['ClosedResourceError'])
      expect(() => receive.receiveNowait()).toThrow(ended)
      receive.close()
      receive.close()
      expect(() => receive.receiveNowait()).toThrow(closed)
      expect(() => receive.clone()).toThrow(closed)
      expect(yield* outcomesOf([receiver(spelling, receive)])).toEqual(['ClosedResourceError'])
      expect(send.statistics()).toMatchObject({ openSendChannels: 0, openReceiveChannels: 0 })
    })
  })

  test('test_close_basics: who waits at the other end', async () => {
    await play(spelling, function* () {
      const [send, receive] = openMemoryChannel<number>(0)
      const sending = sender(spelling, send, 1)
      yield sleep(0)
      receive.close()
      expect(yield* outcomesOf([sending])).toEqual(['BrokenResourceError'])
      expect(() => send.sendNowait(1)).toThrow(broken)
      const [send2, receive2] = openMemoryChannel<number>(0)
      const receiving = receiver(spelling, receive2)
      yield sleep(0)
      send2.close()
      expect(yield* outcomesOf([receiving])).toEqual(['EndOfChannel'])
    })
  })

  test('test_close_multiple_send_handles: only its own waits end with a clone', async () => {
    await play(spelling, function* () {
      const [send, receive] = openMemoryChannel<string>(0)
      const clone = send.clone()
      const sends = [sender(spelling, send, 'lost'), sender(spelling, clone, 'arrives')]
      yield sleep(0)
      send.close()
      expect(yield receive.receive()).toBe('arrives')
      expect(yield* outcomesOf(sends)).toEqual(['ClosedResourceError', 'sent'])
      const other = receive.clone()
      const receives = [receiver(spelling, receive), receiver(spelling, other)]
      yield sleep(0)
      receive.close()
      clone.sendNowait('x')
      expect(yield* outcomesOf(receives)).toEqual(['ClosedResourceError', 'x'])
      expect(other.statistics()).toMatchObject({ openSendChannels: 1, openReceiveChannels: 1 })
    })
  })

  test('test_inf_capacity: the buffer is read to its end after the close', async () => {
    await play(spelling, function* () {
      const [send, receive] = openMemoryChannel<number>(Infinity)
      for (let item = 0; item < 10; item += 1) yield send.send(item)
      send.close()
      const got: number[] = []
      for (let item = 0; item < 10; item += 1) got.push(yield receive.receive())
      expect(got).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
      expect(() => receive.receiveNowait()).toThrow(ended)
    })
  })

  test('items handed to receivers that are cancelled then keep their order', async () => {
    await play(spelling, function* () {
      const [send, receive] = openMemoryChannel<number>(1)
      const receivers = [1, 2].map(() => receiver(spelling, receive))
      yield sleep(0)
      for (const item of [1, 2, 3]) send.sendNowait(item)
      for (const task of receivers) task.cancel()
      expect(yield* outcomesOf(receivers)).toEqual(['cancelled', 'cancelled'])
      expect(send.statistics().currentBufferUsed).toBe(3)
      expect(() => send.sendNowait(4)).toThrow(wouldBlock)
      expect([1, 2, 3].map(() => receive.receiveNowait())).toEqual([1, 2, 3])
      expect(() => receive.receiveNowait()).toThrow(wouldBlock)
    })
  })

  test('an item whose receiver is cancelled goes to the next who waits', async () => {
    await play(spelling, function* () {
      const [send, receive] = openMemoryChannel<string>()
      const [first, second] = [receiver(spelling, receive), receiver(spelling, receive)] as const
      yield sleep(0)
      send.sendNowait('x')
      first.cancel()
      expect(yield* outcomesOf([first, second])).toEqual(['cancelled', 'x'])
    })
  })

  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'a cancellation in iteration %d loses and doubles nothing',
    async (turn) => {
      for (const size of [0, 1, Infinity]) {
        for (const victim of [0, 1, 2, 3]) {
          await play(spelling, function* () {
            const [send, receive] = openMemoryChannel<number>(size)
            const tried = new Set<number>()
            const sent = new Set<number>()
            const got: number[] = []
            const senders = [0, 10].map((start) =>
              spawn(spelling, function* () {
                const own = send.clone()
                try {
                  for (const item of [start, start + 1, start + 2]) {
                    tried.add(item)
                    yield own.send(item)
                    sent.add(item)
                    yield sleep(0)
                  }
                } finally {
                  own.close()
                }
              }),
            )
            const receivers = [1, 2].map(() =>
              spawn(spelling, function* () {
                for (;;) got.push(yield receive.receive())
              }),
            )
            const tasks: Task<unknown>[] = [...senders, ...receivers]
            yield* turns(1)
            send.close()
            yield* turns(turn)
            tasks[victim]?.cancel()
            yield* outcomesOf(tasks)
            expect(got).toHaveLength(new Set(got).size)
            for (const item of sent) expect(got).toContain(item)
            for (const item of got) expect(tried).toContain(item)
            if (victim > 1) expect(got).toHaveLength(6)
            expect(receive.statistics()).toMatchObject({
              currentBufferUsed: 0,
              openSendChannels: 0,
              tasksWaitingSend: 0,
              tasksWaitingReceive: 0,
            })
          })
        }
      }
    },
  )

  test('who is cancelled in the step of the close leaves no report behind', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await play(
      spelling,
      function* () {
        const [send, receive] = openMemoryChannel<number>()
        const receiving = receiver(spelling, receive)
        yield sleep(0)
        send.close()
        receiving.cancel()
        expect(yield* outcomesOf([receiving])).toEqual(['cancelled'])
      },
      loop,
    )
    expect(reports).toEqual([])
  })

  test('it is bound to a loop by the first who has to wait', async () => {
    const [send, receive] = openMemoryChannel<number>()
    const wait = () =>
      play(spelling, function* () {
        const receiving = receiver(spelling, receive)
        yield sleep(0)
        send.sendNowait(1)
        return yield receiving
      })
    expect(await wait()).toBe(1)
    const error = await errorOf(
      play(spelling, function* () {
        yield receive.receive()
      }),
    )
    expect(error).toMatchObject({ code: 'ERR_OTHER_LOOP' })
    expect(receive.statistics().tasksWaitingReceive).toBe(0)
  })
})

test('test_async_iter: for await ends with the last sender; using and use() close', async () => {
  const seen = await runVirtual(async () => {
    const [send, receive] = openMemoryChannel<number>()
    const produce = coroutine(function* (first: number) {
      const own = yield* use(send.clone())
      for (const item of [first, first + 1]) yield* own.send(item)
    })
    const tasks = [10, 20].map((first) => getRunningLoop().createTask(produce(first)))
    {
      using _send = send
      await sleep(0)
    }
    const seen: number[] = []
    {
      await using receiving = receive
      for await (const item of receiving) seen.push(item)
    }
    for (const task of tasks) await task
    expect(receive.statistics().openReceiveChannels).toBe(0)
    return seen
  })
  expect(seen.sort((a, b) => a - b)).toEqual([10, 11, 20, 21])
})

test('test_channel_fail: bad input', () => {
  for (const size of [-1, 1.5, Number.NaN]) {
    expect(() => openMemoryChannel(size)).toThrow(RangeError)
  }
  expect(() => openMemoryChannel('1' as never)).toThrow(TypeError)
})

test('statistics are frozen', () => {
  const [send, receive] = openMemoryChannel<number>(2)
  send.sendNowait(1)
  expect(send.statistics()).toEqual({
    currentBufferUsed: 1,
    maxBufferSize: 2,
    openSendChannels: 1,
    openReceiveChannels: 1,
    tasksWaitingSend: 0,
    tasksWaitingReceive: 0,
  })
  expect(Object.isFrozen(receive.statistics())).toBe(true)
})
