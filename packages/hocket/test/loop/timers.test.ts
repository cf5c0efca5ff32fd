import fc from 'fast-check'
import { EventLoop, type TimerHandle } from 'hocket'
import { describe, expect, test } from 'vitest'
import { ManualHost } from '../support/manual-host.ts'

interface Made {
  readonly id: number
  readonly when: number
  readonly handle: TimerHandle
  isCancelled: boolean
  isOver: boolean
}

/** Makes, cancels and fires timers as told; gives what fired, and what should have. */
function play(steps: { op: string; at: number }[]) {
  const host = new ManualHost()
  const loop = new EventLoop({ host })
  void loop.runForever()
  host.turn()
  const made: Made[] = []
  const fired: number[] = []
  const expected: number[] = []
  const counts: [number, number][] = []
  for (const { op, at } of steps) {
    if (op === 'make') {
      const id = made.length
      const handle = loop.callAt(host.time + at, () => fired.push(id))
      made.push({ id, when: host.time + at, handle, isCancelled: false, isOver: false })
    } else if (op === 'cancel') {
      const one = made.at(-1 - (at % 50))
      one?.handle.cancel()
      if (one !== undefined && !one.isOver) one.isCancelled = true
    } else {
      host.time += at
      const due = made.filter((one) => !one.isCancelled && !one.isOver && one.when <= host.time)
      for (const one of due.sort((a, b) => a.when - b.when || a.id - b.id)) {
        one.isOver = true
        expected.push(one.id)
      }
      loop.callSoon(() => {})
      host.turn()
    }
    const left = made.filter((one) => !one.isCancelled && !one.isOver).length
    counts.push([loop.statistics().timers, left])
  }
  return { fired, expected, counts }
}

const delays = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 5, -1, 0.5, 1.25),
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 0, max: 5_000_000 }),
)

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ op: fc.constant('make'), at: delays }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('cancel'), at: fc.nat(49) }) },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('pass'), at: fc.constantFrom(0, 0.5, 1, 7, 400, 1e6) }),
  },
)

describe('timers, whatever is made, cancelled and fired', () => {
  test('fire in the order of their times and of the calls, on time, once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), (steps) => {
        const { fired, expected } = play([...steps, { op: 'pass', at: 1e9 }])
        expect(fired).toEqual(expected)
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  test('are counted as long as they will fire', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 400, maxLength: 500, size: 'max' }), (steps) => {
        const { counts } = play(steps)
        expect(counts.map(([counted]) => counted)).toEqual(counts.map(([, left]) => left))
      }),
      { seed: 2, numRuns: 50 },
    )
  })

  test('ten thousand of them, most of them cancelled', () => {
    const made = Array.from({ length: 10_000 }, (_each, index) => ({
      op: 'make',
      at: (index * 7919) % 1009,
    }))
    const cancelled = Array.from({ length: 40 }, (_each, at) => ({ op: 'cancel', at }))
    const { fired, expected } = play([...made, ...cancelled, { op: 'pass', at: 2000 }])
    expect(fired).toHaveLength(10_000 - 40)
    expect(fired).toEqual(expected)
  })
})

test('a timer that was dropped with its loop may be cancelled later', () => {
  const loop = new EventLoop({ host: new ManualHost() })
  const timer = loop.callAt(1, () => {})
  loop.close()
  timer.cancel()
  expect([timer.cancelled(), loop.statistics().timers]).toEqual([true, 0])
})
