import {
  allTasks,
  CancelledError,
  cancelScope,
  coroutine,
  createTask,
  currentTask,
  getRunningLoop,
  run,
  sleep,
  type Task,
  timeout,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf, hostTurn, outcomeAfter } from '../support/turns.ts'

// Time is not used here to order strands: see the last test of the first group.
const turns = coroutine(function* (count: number, result = count) {
  for (let turn = 0; turn < count; turn += 1) yield* sleep(0)
  return result
})
const nativeTurns = coroutine(async (count: number, result = count) => {
  for (let turn = 0; turn < count; turn += 1) await sleep(0)
  return result
})

/** Notes how it was left. A plain async function: it begins when it is called. */
async function note(name: string, log: string[], wait: () => PromiseLike<unknown>): Promise<void> {
  try {
    await wait()
    log.push(`${name} ended`)
  } catch (error) {
    log.push(`${name} ${(error as Error).name}`)
    throw error
  }
}

describe('several awaitables in one task', () => {
  test('go on side by side, in the same task', async () => {
    const log: unknown[] = []
    const voice = coroutine(async (name: string, count: number) => {
      for (let turn = 0; turn < count; turn += 1) {
        log.push([name, turn, currentTask()?.getName()])
        await sleep(0)
      }
      return name
    })
    const result = await runVirtual(async () => {
      currentTask()?.setName('main')
      return await Promise.all([voice('a', 2), voice('b', 3), turns(1)])
    })
    expect(result).toEqual(['a', 'b', 1])
    expect(log).toEqual([
      ['a', 0, 'main'],
      ['b', 0, 'main'],
      ['a', 1, 'main'],
      ['b', 1, 'main'],
      ['b', 2, 'main'],
    ])
  })

  test('may be futures, tasks, coroutines of both spellings and promises', async () => {
    const result = await runVirtual(async () => {
      const future = getRunningLoop().createFuture<number>()
      getRunningLoop().callSoon(() => future.setResult(0))
      const foreign = hostTurn().then(() => 5)
      const task = createTask(turns(2))
      return await Promise.all([future, task, turns(3), nativeTurns(4), foreign, sleep(0, 6)])
    })
    expect(result).toEqual([0, 2, 3, 4, 5, 6])
  })

  test('the first error is the outcome, and the others go on', async () => {
    const log: string[] = []
    const failing = coroutine(async () => {
      await sleep(0)
      throw new RangeError('failed')
    })
    await runVirtual(async () => {
      const gate = getRunningLoop().createFuture<void>()
      const error = await errorOf(
        Promise.all([failing(), note('other', log, () => gate), failing()]),
      )
      expect(error).toEqual(new RangeError('failed'))
      expect(log).toEqual([])
      gate.setResult()
      await turns(5)
    })
    expect(log).toEqual(['other ended'])
  })

  test('raced: the first one is the outcome', async () => {
    const result = await runVirtual(async () => {
      const first = await Promise.race([turns(3), turns(1, 100)])
      await turns(5)
      return first
    })
    expect(result).toBe(100)
  })

  test('of different durations do not stop a virtual clock', async () => {
    const main = runVirtual(async () => {
      await Promise.all([sleep(1), sleep(2)])
    })
    expect(await outcomeAfter(main)).toBe('fulfilled')
  })

  test('of different durations in real time', async () => {
    const result = await run(async () => await Promise.all([sleep(3, 'a'), sleep(1, 'b')]))
    expect(result).toEqual(['a', 'b'])
  })
})

describe('a cancellation', () => {
  const long = coroutine(function* () {
    yield* sleep(100)
  })

  test('reaches one that is giving way, beside others', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      const task = createTask(async () => {
        await Promise.allSettled([
          note('sleep', log, () => sleep(100)),
          note('giving way', log, () => turns(10)),
        ])
      })
      await turns(3)
      task.cancel()
      await task
    })
    // It was in the ready queue already, before the timer was cancelled.
    expect(log).toEqual(['giving way CancelledError', 'sleep CancelledError'])
  })

  test('reaches all that is awaited', async () => {
    const log: string[] = []
    const loop = virtualLoop()
    collectReports(loop)
    const cancelled = await runVirtual(async () => {
      const task = createTask(async () => {
        await Promise.all([
          note('sleep', log, () => sleep(100)),
          note('generator', log, () => long()),
          note('future', log, () => getRunningLoop().createFuture()),
          note('task', log, () => createTask(sleep(100))),
        ])
      })
      await turns(3)
      task.cancel()
      const error = await errorOf(task)
      await turns(3)
      return [task.cancelled(), error instanceof CancelledError]
    }, loop)
    expect(cancelled).toEqual([true, true])
    expect(log.sort((a, b) => a.localeCompare(b))).toEqual([
      'future CancelledError',
      'generator CancelledError',
      'sleep CancelledError',
      'task CancelledError',
    ])
  })

  test('lets each of them clean up', async () => {
    const log: string[] = []
    const careful = coroutine(async (name: string) => {
      try {
        await sleep(100)
      } finally {
        await turns(2)
        log.push(`${name} cleaned up`)
      }
    })
    await runVirtual(async () => {
      const task = createTask(async () => {
        await Promise.allSettled([careful('a'), careful('b')])
        log.push('all settled')
        await sleep(0)
      })
      await turns(2)
      task.cancel()
      await task
    })
    expect(log).toEqual(['a cleaned up', 'b cleaned up', 'all settled'])
  })

  test('that is swallowed by all strands lets the task go on', async () => {
    const swallowing = coroutine(async () => {
      try {
        await sleep(100)
      } catch {
        return 'swallowed'
      }
      return 'not cancelled'
    })
    const result = await runVirtual(async () => {
      const task = createTask(async () => {
        const both = await Promise.all([swallowing(), swallowing()])
        await sleep(0)
        return both
      })
      await turns(2)
      task.cancel()
      return [await task, task.cancelled()]
    })
    expect(result).toEqual([['swallowed', 'swallowed'], false])
  })
})

describe('a strand that outlives its task', () => {
  test('is reported, with the task and what it waits for', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    let forgetful: Task<void> | undefined
    await runVirtual(async () => {
      forgetful = createTask(
        async function fetchAll() {
          void note('forgotten', [], () => sleep(5))
          await turns(1)
        },
        { name: 'forgetful' },
      )
      await forgetful
      await sleep(10)
    }, loop)
    expect(reports).toHaveLength(1)
    expect(reports[0]?.message).toMatch(
      /^forgetful \(fetchAll\) has ended while code that it called still waits for a timer: await/,
    )
    expect(reports[0]?.task === forgetful).toBe(true)
  })

  test('is still run to its end', async () => {
    const log: string[] = []
    const loop = virtualLoop()
    collectReports(loop)
    await runVirtual(async () => {
      const gate = getRunningLoop().createFuture<void>()
      const behindGate = coroutine(function* () {
        yield* gate
      })
      await createTask(async () => {
        void note('a', log, () => gate)
        void note('b', log, () => behindGate())
        await turns(3)
      })
      expect(log).toEqual([])
      gate.setResult()
      await turns(10)
    }, loop)
    expect(log).toEqual(['a ended', 'b ended'])
  })

  test('behind a foreign await makes tasks of what it awaits, which end with the run', async () => {
    const log: unknown[] = []
    const stray = async () => {
      await hostTurn()
      try {
        await sleep(1000)
      } catch (error) {
        log.push((error as Error).name)
      }
    }
    await runVirtual(async () => {
      await createTask(async () => {
        void stray()
        await turns(1)
      })
      log.push(allTasks().size)
      for (let turn = 0; turn < 5; turn += 1) await hostTurn()
      log.push(allTasks().size)
    })
    await hostTurn()
    expect(log).toEqual([1, 2, 'CancelledError'])
  })

  test('nothing is reported of one that ended before its task', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      await createTask(async () => {
        void note('quick', [], () => turns(1))
        await turns(5)
      })
    }, loop)
    expect(reports).toEqual([])
  })
})

describe('what a shield has held back, beside a strand that has had it', () => {
  /** Cancelled at 1, the shield ends at 5; what goes on behind it is `after`. */
  async function playOut(after: () => Promise<void>): Promise<unknown[]> {
    const log: unknown[] = []
    const say = (what: string) => log.push([what, getRunningLoop().time()])
    await runVirtual(async () => {
      const task = createTask(async () => {
        const shielded = async () => {
          await cancelScope(() => sleep(5), { shield: true })
          try {
            await after()
          } catch (error) {
            say((error as Error).name)
          }
        }
        const sibling = async () => {
          try {
            await sleep(100)
          } catch {
            await sleep(20)
            say('cleaned up')
          }
        }
        await Promise.all([shielded(), sibling()])
      })
      await sleep(1)
      task.cancel()
      await task
    })
    return log
  }

  test('is not thrown into that one again', async () => {
    expect(await playOut(async () => {})).toEqual([['cleaned up', 21]])
  })

  test.each([
    ['a sleep', () => playOut(async () => await sleep(50)), 5],
    ['giving way', () => playOut(async () => await sleep(0)), 5],
    ['a scope', () => playOut(async () => await timeout(50, () => sleep(10))), 5],
  ])('is thrown into what comes behind the shield: %s', async (_, play, at) => {
    expect(await play()).toEqual([
      ['CancelledError', at],
      ['cleaned up', 21],
    ])
  })

  test('is not thrown into that one again where a timeout has asked for it', async () => {
    const log: unknown[] = []
    await runVirtual(async () => {
      const shielded = () => cancelScope(() => sleep(5), { shield: true })
      const sibling = async () => {
        try {
          await sleep(100)
        } catch {
          await sleep(20)
          log.push(['cleaned up', getRunningLoop().time()])
        }
      }
      const beside = async () => {
        await sleep(30)
        log.push(['beside', getRunningLoop().time()])
      }
      const inside = timeout(1, async () => void (await Promise.all([shielded(), sibling()])))
      await Promise.all([inside, beside()])
    })
    expect(log).toEqual([
      ['cleaned up', 21],
      ['beside', 30],
    ])
  })
})
