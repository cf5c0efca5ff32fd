import { VirtualHost } from '@hocket/testing'
import { CancelledError, createTask, EventLoop, getRunningLoop, run, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { jitter, parseRetryAfter } from '../../src/network/backoff.ts'
import { HostGate } from '../../src/network/host-gate.ts'
import { StallClock } from '../../src/network/stall-watch.ts'
import { TokenBucket } from '../../src/network/token-bucket.ts'

function virtually<T>(main: () => Promise<T>): Promise<T> {
  return run(main, { loopFactory: () => new EventLoop({ host: new VirtualHost() }) })
}

describe('the gate of a host', () => {
  test('lets so many in, the others in their order', async () => {
    await virtually(async () => {
      const gate = new HostGate('a', 2)
      const order: string[] = []
      const visit = async (name: string) => {
        const slot = await gate.enter()
        order.push(name)
        await sleep(10)
        gate.leave(slot)
      }
      const tasks = ['a', 'b', 'c', 'd', 'e'].map((name) => createTask(() => visit(name)))
      await sleep(5)
      expect(order).toEqual(['a', 'b'])
      expect(gate.tryEnter()).toBe(null)
      await sleep(10)
      expect(order).toEqual(['a', 'b', 'c', 'd'])
      for (const task of tasks) await task
      expect(gate.inside).toBe(0)
    })
  })

  test('loses no place to who is cancelled, before or after it is given', async () => {
    await virtually(async () => {
      const gate = new HostGate('a', 1)
      const first = await gate.enter()
      const waiting = createTask(async () => await gate.enter())
      const next = createTask(async () => await gate.enter())
      await sleep(0)
      waiting.cancel()
      await expect(waiting).rejects.toBeInstanceOf(CancelledError)
      gate.leave(first)
      // The place is next's now, who has not gone on yet.
      next.cancel()
      await expect(next).rejects.toBeInstanceOf(CancelledError)
      expect(gate.inside).toBe(0)
      expect(gate.tryEnter()).not.toBe(null)
    })
  })

  test('that is paused holds everybody, and is paused as long as was ever said', async () => {
    await virtually(async () => {
      const said: unknown[] = []
      const listener = {
        paused: (host: string, ms: number, reason: string) => said.push([host, ms, reason]),
        limited: () => {},
      }
      const gate = new HostGate('a', 4, { listener })
      const began = getRunningLoop().time()
      gate.pause(1_000, 'Retry-After')
      gate.pause(400, 'shorter')
      expect(gate.tryEnter()).toBe(null)
      await gate.enter()
      expect(getRunningLoop().time() - began).toBeGreaterThanOrEqual(1_000)
      expect(said).toEqual([['a', 1_000, 'Retry-After']])
    })
  })

  test('halves at overload once for all who had begun, and widens by one a round', async () => {
    await virtually(async () => {
      const gate = new HostGate('a', 8)
      const slots = await Promise.all(Array.from({ length: 8 }, () => gate.enter()))
      await sleep(5)
      for (const slot of slots) gate.overloaded(slot)
      expect(gate.limit).toBe(4)
      for (const slot of slots) gate.leave(slot)
      await sleep(5)
      const later = await gate.enter()
      gate.overloaded(later)
      expect(gate.limit).toBe(2)
      gate.leave(later)
      for (let i = 0; i < 3; i++) gate.succeeded()
      expect(gate.limit).toBe(3)
      for (let i = 0; i < 100; i++) gate.succeeded()
      expect(gate.limit).toBe(8)
    })
  })

  test('never closes for good by overload', async () => {
    await virtually(async () => {
      const gate = new HostGate('a', 3)
      for (let i = 0; i < 5; i++) {
        const slot = await gate.enter()
        await sleep(1)
        gate.overloaded(slot)
        gate.leave(slot)
      }
      expect(gate.limit).toBe(1)
    })
  })
})

describe('a bucket of tokens', () => {
  test('keeps the rate over all who read, and their order', async () => {
    await virtually(async () => {
      const bucket = new TokenBucket(1_000)
      const began = getRunningLoop().time()
      const order: number[] = []
      const read = async (name: number) => {
        for (let i = 0; i < 5; i++) {
          await bucket.take(200)
          order.push(name)
        }
      }
      const tasks = [0, 1].map((name) => createTask(() => read(name)))
      for (const task of tasks) await task
      const ms = getRunningLoop().time() - began
      // 2,000 bytes; the bucket was full (100) at the beginning, and the last chunk is on debt.
      expect(ms).toBeGreaterThanOrEqual(1_690)
      expect(ms).toBeLessThanOrEqual(1_900)
      expect(order).toEqual([0, 0, 1, 0, 1, 0, 1, 0, 1, 1])
    })
  })

  test('does not charge who is cancelled', async () => {
    await virtually(async () => {
      const bucket = new TokenBucket(1_000)
      await bucket.take(1_000)
      const rich = createTask(async () => await bucket.take(1_000_000))
      const poor = createTask(async () => await bucket.take(1))
      await sleep(0)
      rich.cancel()
      await expect(rich).rejects.toBeInstanceOf(CancelledError)
      const began = getRunningLoop().time()
      await poor
      expect(getRunningLoop().time() - began).toBeLessThanOrEqual(1_000)
    })
  })

  test('has a rate', () => {
    expect(() => new TokenBucket(0)).toThrow(RangeError)
  })
})

describe('the watch for stalls', () => {
  const none = { idle: null, lowSpeed: 0, lowSpeedTime: 1_000 }

  test('sees a wait that is too long, and not the time between waits', async () => {
    await virtually(async () => {
      const complaints: string[] = []
      const clock = new StallClock({ ...none, idle: 1_000 })
      const watch = clock.watch((message) => complaints.push(message))
      for (let i = 0; i < 5; i++) {
        watch.waiting()
        await sleep(900)
        watch.received(1)
        await sleep(5_000)
      }
      expect(complaints).toEqual([])
      watch.waiting()
      await sleep(1_251)
      expect(complaints).toEqual(['nothing came for 1000 ms'])
      watch.stop()
    })
  })

  test('sees a drip', async () => {
    await virtually(async () => {
      const complaints: string[] = []
      const limits = { ...none, lowSpeed: 100, lowSpeedTime: 10_000 }
      const watch = new StallClock(limits).watch((message) => complaints.push(message))
      for (let i = 0; i < 100 && complaints.length === 0; i++) {
        watch.waiting()
        await sleep(1_000)
        watch.received(i < 20 ? 150 : 5)
      }
      expect(complaints).toHaveLength(1)
      expect(complaints[0]).toContain('expected at least 100 bytes per second')
      watch.stop()
    })
  })
})

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 1)
  test.each([
    [null, null],
    ['', null],
    ['soon', null],
    ['-1', null],
    ['1.5', null],
    ['0', 0],
    [' 120 ', 120_000],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Thu, 01 Jan 2025 00:00:10 GMT', 0],
    ['2026', 2_026_000],
  ])('%j is %j', (value, ms) => {
    expect(parseRetryAfter(value, now)).toBe(ms)
  })
})

test('a wait with jitter grows up to its cap', () => {
  const backoff = { base: 100, cap: 1_000 }
  expect([1, 2, 3, 4, 5, 60].map((attempt) => jitter(backoff, attempt, 1))).toEqual([
    100, 200, 400, 800, 1_000, 1_000,
  ])
  expect(jitter(backoff, 3, 0.5)).toBe(200)
  expect(jitter(backoff, 3, 0)).toBe(0)
})
