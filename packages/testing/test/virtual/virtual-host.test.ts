import { VirtualHost } from '@hocket/testing'
import {
  abandonable,
  createTask,
  DeadlockError,
  EventLoop,
  ensureFuture,
  getRunningLoop,
  type Host,
  run,
  sleep,
  type TaskSource,
  WebHost,
} from 'hocket'
import { NodeHost } from 'hocket/node'
import { describe, expect, test } from 'vitest'

const hostTurn = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve)
  })

const bases = [
  { name: 'the platform’s own host', make: () => new VirtualHost() },
  { name: 'NodeHost', make: () => new VirtualHost({ base: new NodeHost() }) },
  { name: 'WebHost', make: () => new VirtualHost({ base: new WebHost() }) },
]

describe.each(bases)('VirtualHost on $name', ({ make }) => {
  /** Runs `main` on `host`. */
  const start = <T>(main: TaskSource<T>, host = make()): Promise<T> =>
    run(main, { loopFactory: () => new EventLoop({ host }) })

  test('an hour of sleep takes no time, and all of it passes', async () => {
    const host = make()
    const seen = await start(async () => {
      const loop = getRunningLoop()
      const seen = [loop.time()]
      await sleep(3_600_000)
      seen.push(loop.time())
      await sleep(0.25)
      seen.push(loop.time(), host.now())
      return seen
    }, host)
    expect(seen).toEqual([0, 3_600_000, 3_600_000.25, 3_600_000.25])
  })

  test('jumps from deadline to deadline, past none', async () => {
    const log: number[] = []
    await start(async () => {
      const loop = getRunningLoop()
      for (const delay of [30, 10, 20]) loop.callLater(delay, () => log.push(loop.time()))
      await sleep(25)
      log.push(loop.time())
      await sleep(100)
      log.push(loop.time())
    })
    expect(log).toEqual([10, 20, 25, 30, 125])
  })

  test('stands still while anything is ready', async () => {
    const time = await start(async () => {
      createTask(sleep(1000))
      for (let turn = 0; turn < 500; turn += 1) await sleep(0)
      return getRunningLoop().time()
    })
    expect(time).toBe(0)
  })

  test('stands still while a wrapped foreign promise is under way', async () => {
    const times = await start(async () => {
      const loop = getRunningLoop()
      const background = createTask(sleep(1000))
      await ensureFuture(hostTurn().then(hostTurn).then(hostTurn))
      const before = loop.time()
      await background
      return [before, loop.time()]
    })
    expect(times).toEqual([0, 1000])
  })

  test('does not wait for a promise that was walked away from', async () => {
    const time = await start(async () => {
      const future = abandonable(new Promise(() => {}))
      future.cancel()
      await sleep(1000)
      return getRunningLoop().time()
    })
    expect(time).toBe(1000)
  })

  test('says that nothing can come any more', async () => {
    const stuck = start(async () => await getRunningLoop().createFuture())
    await expect(stuck).rejects.toBeInstanceOf(DeadlockError)
  })

  test('gives the same times and order at every run', async () => {
    const play = () =>
      start(async () => {
        const loop = getRunningLoop()
        const log: unknown[] = []
        const tasks = Array.from({ length: 20 }, (_each, index) =>
          createTask(async () => {
            for (let turn = 0; turn < 3; turn += 1) {
              await sleep((index * 7) % 5)
              log.push([index, loop.time(), loop.statistics().iterations])
            }
          }),
        )
        for (const task of tasks) await task
        return log
      })
    const [first, second] = [await play(), await play()]
    expect(first).toHaveLength(60)
    expect(second).toEqual(first)
  })
})

describe('the clock', () => {
  test('begins where it is told, and never goes back', () => {
    const host = new VirtualHost({ start: 100 })
    expect(host.now()).toBe(100)
    host.advance(50)
    expect(host.now()).toBe(100)
    host.advance(150.5)
    expect(host.now()).toBe(150.5)
  })

  test('does not move by itself', async () => {
    const host: Host = new VirtualHost()
    const log: string[] = []
    host.wait(5, () => log.push('called'))
    await hostTurn()
    await hostTurn()
    expect([host.now(), log]).toEqual([0, []])
    host.cancelWait()
  })

  test('moved by the test, brings due what lies before', async () => {
    const host = new VirtualHost()
    const loop = new EventLoop({ host })
    const log: number[] = []
    loop.callLater(5, () => log.push(5))
    loop.callLater(15, () => log.push(15))
    host.advance(10)
    loop.stop()
    await loop.runForever()
    expect([log, host.now()]).toEqual([[5], 10])
  })

  test('may be far from zero: sums of floats do not make a loop spin', async () => {
    const host = new VirtualHost({ start: 1.7e12 })
    const loop = new EventLoop({ host })
    await run(
      async () => {
        for (let count = 0; count < 100; count += 1) await sleep(0.1)
      },
      { loopFactory: () => loop },
    )
    expect(loop.statistics().iterations).toBeLessThan(500)
    expect(host.now()).toBeGreaterThan(1.7e12)
  })
})

describe('a promise made of what is Hocket’s own', () => {
  const virtual = { loopFactory: () => new EventLoop({ host: new VirtualHost() }) }

  /** What has become of `main` after more turns than it could need. */
  async function outcomeOf(main: TaskSource<unknown>): Promise<unknown> {
    let outcome: unknown = 'stuck'
    run(main, virtual).then(
      (value) => {
        outcome = value
      },
      (error) => {
        outcome = error
      },
    )
    for (let turn = 0; turn < 100 && outcome === 'stuck'; turn += 1) await hostTurn()
    return outcome
  }

  const task = () => createTask(sleep(1, 5))

  test('does not hold the clock: then() behind an await', async () => {
    const outcome = await outcomeOf(async () => {
      await sleep(0)
      return await task().then((value) => value + 1)
    })
    expect(outcome).toBe(6)
  })

  // In the first step then() belongs to nobody, and what it gives is taken for foreign.
  test.fails('does not hold the clock: then() in the first step', async () => {
    expect(await outcomeOf(async () => await task().then((value) => value + 1))).toBe(6)
    expect(await outcomeOf(async () => await sleep(1, 5).then((value) => value + 1))).toBe(6)
  })

  // What is given to ensureFuture counts as foreign, whatever it hangs on.
  test.fails('does not hold the clock: ensureFuture() of a Promise.all', async () => {
    const outcome = await outcomeOf(async () => await ensureFuture(Promise.all([task(), task()])))
    expect(outcome).toEqual([5, 5])
  })
})

test('the task of native code is found where the base finds it', async () => {
  const onWeb = new VirtualHost({ base: new WebHost() })
  expect(onWeb.strands).toBe(null)
  expect(new VirtualHost().strands).not.toBe(null)
})

test('signals are those of the host below, if it has any', () => {
  const log: string[] = []
  class Signalling extends NodeHost {
    override onSignal(listener: (signal: string) => void): () => void {
      listener('SIGTERM')
      return () => log.push('stopped')
    }

    override raise(signal: string): void {
      log.push(`raised ${signal}`)
    }
  }
  const host: Host = new VirtualHost({ base: new Signalling() })
  host.onSignal?.((signal) => log.push(`got ${signal}`))()
  host.raise?.('SIGINT')
  expect(log).toEqual(['got SIGTERM', 'stopped', 'raised SIGINT'])
  const onWeb: Host = new VirtualHost({ base: new WebHost() })
  expect([onWeb.onSignal, onWeb.raise]).toEqual([undefined, undefined])
})

test('a second loop on a clock of its own keeps its own time', async () => {
  const times = await Promise.all(
    [10, 1000].map((delay) => {
      const host = new VirtualHost()
      return run(async () => await sleep(delay), {
        loopFactory: () => new EventLoop({ host }),
      }).then(() => host.now())
    }),
  )
  expect(times).toEqual([10, 1000])
})
