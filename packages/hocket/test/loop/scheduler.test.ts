import { EventLoop } from 'hocket'
import { describe, expect, test } from 'vitest'
import { ManualHost } from '../support/manual-host.ts'

function start() {
  const host = new ManualHost()
  const loop = new EventLoop({ host })
  const log: unknown[] = []
  const ended = loop.runForever().then(
    () => log.push('ended'),
    (error: Error) => log.push(error.name),
  )
  // The first iteration of a loop that has nothing to do.
  host.turn()
  return { host, loop, log, ended }
}

/** Calls `step` in every iteration from now on. */
function spin(loop: EventLoop, step: () => void = () => {}): void {
  const again = () => {
    step()
    loop.callSoon(again)
  }
  loop.callSoon(again)
}

describe('turns of the host', () => {
  test('several wishes make one request', () => {
    const { host, loop } = start()
    for (let count = 0; count < 5; count += 1) loop.callSoon(() => {})
    loop.callLater(1, () => {})
    expect(host.requested).toBe(1)
    host.turn()
    expect(host.requested).toBe(0)
  })

  test('a loop that spins hands the turn back after 64 iterations, and asks for the next', () => {
    const { host, loop } = start()
    spin(loop)
    const before = loop.statistics().iterations
    host.turn()
    expect(loop.statistics().iterations - before).toBe(64)
    expect(host.requested).toBe(1)
    host.turn()
    expect(loop.statistics().iterations - before).toBe(128)
  })

  test('steps that take long end the turn earlier, by the clock', () => {
    const { host, loop } = start()
    spin(loop, () => {
      host.time += 0.25
    })
    const before = loop.statistics().iterations
    host.turn()
    expect(loop.statistics().iterations - before).toBe(8)
    expect(host.requested).toBe(1)
  })

  test('nothing to do: it waits for the earliest deadline, or for ever', () => {
    const { host, loop } = start()
    expect(host.waitsFor).toBe(Infinity)
    const early = loop.callLater(10, () => {})
    loop.callLater(20, () => {})
    host.turn()
    expect(host.waitsFor).toBe(10)
    early.cancel()
    loop.callSoon(() => {})
    host.turn()
    expect(host.waitsFor).toBe(20)
  })

  test('a new timer that is earlier than the alarm is not missed', () => {
    const { host, loop, log } = start()
    loop.callLater(50, () => log.push('late'))
    host.turn()
    loop.callLater(10, () => log.push('early'))
    host.turn()
    expect(host.waitsFor).toBe(10)
    host.time = 10
    host.alarm()
    expect(log).toEqual(['early'])
    expect(host.waitsFor).toBe(50)
  })
})

describe('timers', () => {
  test('are never early, whatever the host does', () => {
    const { host, loop, log } = start()
    loop.callLater(10, () => log.push(loop.time()))
    host.turn()
    for (const time of [3, 9, 9.999]) {
      host.time = time
      host.alarm()
    }
    expect(log).toEqual([])
    expect(host.waitsFor).toBe(10)
    host.time = 10
    host.alarm()
    expect(log).toEqual([10])
  })

  test('are called in the order of their times, and of the calls where these are equal', () => {
    const { host, loop, log } = start()
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
      loop.callAt(5, (n) => log.push(n), name)
    loop.callAt(4, () => log.push('first'))
    loop.callAt(6, () => log.push('last'))
    host.time = 7
    host.turn()
    expect(log.join(' ')).toBe('first a b c d e f g h last')
  })

  test('a loop that spins does not starve them', () => {
    const { host, loop, log } = start()
    spin(loop)
    loop.callLater(10, () => log.push(loop.statistics().iterations))
    host.turn()
    const { iterations } = loop.statistics()
    host.time = 10
    host.turn()
    expect(log).toEqual([iterations + 1])
  })

  test('that become due within a turn are called in the next iteration of it', () => {
    const { host, loop, log } = start()
    loop.callLater(0.5, () => log.push('timer'))
    loop.callSoon(() => {
      host.time += 0.5
      loop.callSoon(() => log.push('soon'))
    })
    host.turn()
    expect(log).toEqual(['soon', 'timer'])
  })

  test('with 0 or less are called in the next iteration, behind what is ready', () => {
    const { host, loop, log } = start()
    loop.callLater(0, () => log.push('zero'))
    loop.callLater(-5, () => log.push('negative'))
    loop.callLater(-Infinity, () => log.push('minus infinity'))
    loop.callSoon(() => log.push('soon'))
    host.turn()
    expect(log).toEqual(['soon', 'minus infinity', 'negative', 'zero'])
  })

  test('at Infinity are never called, and keep no alarm', () => {
    const { host, loop } = start()
    loop.callLater(Infinity, () => {
      throw new Error('called')
    })
    host.turn()
    expect([host.waitsFor, loop.statistics().timers]).toEqual([Infinity, 1])
  })

  test('that are left when most are cancelled are called all the same', () => {
    const { host, loop, log } = start()
    const timers = Array.from({ length: 200 }, (_each, index) =>
      loop.callAt(index + 1, () => log.push(index)),
    )
    for (const [index, timer] of timers.entries()) if (index % 4 !== 0) timer.cancel()
    host.time = 1000
    host.turn()
    expect(log).toEqual(Array.from({ length: 50 }, (_each, index) => index * 4))
  })

  test('the count of those that will still fire is right after a sweep', () => {
    const { loop } = start()
    const timers = Array.from({ length: 102 }, (_each, index) => loop.callAt(index + 1, () => {}))
    for (const timer of timers.slice(0, 52)) timer.cancel()
    expect(loop.statistics().timers).toBe(50)
  })

  test('a timer that is cancelled twice counts once', () => {
    const { loop } = start()
    const timer = loop.callAt(1, () => {})
    loop.callAt(2, () => {})
    timer.cancel()
    timer.cancel()
    expect(loop.statistics().timers).toBe(1)
  })

  test('a timer that is cancelled in the iteration it is due in is not called', () => {
    const { host, loop, log } = start()
    loop.callAt(1, () => second.cancel())
    const second = loop.callAt(1, () => log.push('second'))
    host.time = 1
    host.turn()
    expect([log, loop.statistics().timers]).toEqual([[], 0])
  })
})

describe('stop', () => {
  test('lets the iteration end, and keeps what comes after it', async () => {
    const { host, loop, log, ended } = start()
    loop.callSoon(() => {
      loop.stop()
      loop.callSoon(() => log.push('next iteration'))
    })
    loop.callSoon(() => log.push('same iteration'))
    host.turn()
    await ended
    expect(log).toEqual(['same iteration', 'ended'])
    expect([loop.isRunning(), host.waitsFor]).toEqual([false, null])
    void loop.runForever()
    host.turn()
    expect(log.at(-1)).toBe('next iteration')
  })

  test('from outside wakes a loop that waits', async () => {
    const { host, loop, log, ended } = start()
    loop.stop()
    expect(host.requested).toBe(1)
    host.turn()
    await ended
    expect(log).toEqual(['ended'])
  })

  test('twice before a run still means one iteration', async () => {
    const host = new ManualHost()
    const loop = new EventLoop({ host })
    const log: string[] = []
    loop.callSoon(() => loop.callSoon(() => log.push('second iteration')))
    loop.stop()
    loop.stop()
    const ended = loop.runForever()
    host.turn()
    await ended
    expect([log, loop.statistics().iterations]).toEqual([[], 1])
  })
})

describe('a host that says it is idle', () => {
  test('ends a loop that has nothing left', async () => {
    const { host, log, ended } = start()
    host.idle()
    await ended
    expect(log).toEqual(['DeadlockError'])
  })

  test('is ignored while something is ready, or a timer is set', () => {
    const { host, loop, log } = start()
    loop.callLater(5, () => log.push('timer'))
    host.idle()
    loop.callSoon(() => log.push('soon'))
    host.idle()
    host.turn()
    host.time = 5
    host.alarm()
    expect(log).toEqual(['soon', 'timer'])
  })

  test('is no longer listened to when the loop has ended', async () => {
    const { host, loop, log, ended } = start()
    loop.stop()
    host.turn()
    await ended
    host.idle()
    expect(log).toEqual(['ended'])
  })
})
