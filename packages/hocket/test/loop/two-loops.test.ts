import {
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  EventLoop,
  type Future,
  getRunningLoop,
  run,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf, hostTurn } from '../support/turns.ts'

describe('a run inside a run', () => {
  test('has a loop and tasks of its own, and the outer one goes on', async () => {
    const outerLoop = virtualLoop()
    const innerLoop = virtualLoop()
    const log: string[] = []
    const where = () =>
      `${getRunningLoop() === innerLoop ? 'inner' : 'outer'} ${currentTask()?.getName()}`
    await runVirtual(async () => {
      currentTask()?.setName('main')
      log.push(where())
      const result = await runVirtual(async () => {
        currentTask()?.setName('nested')
        log.push(where())
        await sleep(5)
        log.push(where())
        return 'done'
      }, innerLoop)
      log.push(`${result} ${where()}`)
      await sleep(0)
      log.push(where())
    }, outerLoop)
    expect(log).toEqual([
      'outer main',
      'inner nested',
      'inner nested',
      'done outer main',
      'outer main',
    ])
    expect([innerLoop.time(), outerLoop.time()]).toEqual([5, 0])
  })

  test('three deep, with errors coming up through all', async () => {
    const error = await errorOf(
      runVirtual(async () => {
        await runVirtual(async () => {
          await sleep(1)
          await runVirtual(async () => {
            await sleep(1)
            throw new RangeError('deep')
          })
        })
      }),
    )
    expect(error).toEqual(new RangeError('deep'))
  })

  test('cancels its own leftovers only', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      const outer = createTask(async () => {
        await sleep(10)
        log.push('outer ended by itself')
      })
      await runVirtual(async () => {
        createTask(async () => {
          try {
            await sleep(10)
          } finally {
            log.push('inner cancelled')
          }
        })
        await sleep(1)
      })
      await outer
    })
    expect(log).toEqual(['inner cancelled', 'outer ended by itself'])
  })

  test('does not report a coroutine that the outer task still means to await', async () => {
    const inner = virtualLoop()
    const reports = collectReports(inner)
    await runVirtual(async () => {
      await hostTurn()
      const later = sleep(1)
      await runVirtual(async () => await sleep(0), inner)
      await later
    })
    expect(reports).toEqual([])
  })
})

describe('two loops side by side', () => {
  const voice = coroutine(async (name: string, log: string[]) => {
    for (let count = 0; count < 3; count += 1) {
      log.push(`${name}${count}`)
      await sleep(1)
      await hostTurn()
      log.push(currentTask()?.getName() === name ? 'own' : 'not own')
    }
    return getRunningLoop()
  })

  test('do not get into each other’s way', async () => {
    const log: string[] = []
    const loops = [virtualLoop(), new EventLoop()]
    const seen = await Promise.all(
      loops.map((loop, index) =>
        runVirtual(
          async () => await createTask(voice(`v${index}`, log), { name: `v${index}` }),
          loop,
        ),
      ),
    )
    expect(seen.map((loop, index) => loop === loops[index])).toEqual([true, true])
    expect(log.filter((line) => line === 'own')).toHaveLength(6)
    expect(log).not.toContain('not own')
  })

  const awaiters = [
    ['an async function', (future: Future<string>) => async () => await future],
    [
      'a generator',
      (future: Future<string>) =>
        function* () {
          return yield* future
        },
    ],
  ] as const

  test.each(awaiters)('a future may be awaited from the other one, by %s', async (_name, body) => {
    const [here, there] = [new EventLoop(), new EventLoop()]
    const future = there.createFuture<string>()
    const log: boolean[] = []
    const waiting = runVirtual(async () => {
      const result = await createTask(body(future))
      log.push(getRunningLoop() === here)
      return result
    }, here)
    await runVirtual(async () => {
      for (let count = 0; count < 5; count += 1) await hostTurn()
      future.addDoneCallback(() => log.push(getRunningLoop() === there))
      future.setResult('from there')
      await sleep(0)
    }, there)
    expect(await waiting).toBe('from there')
    expect(log).toEqual([true, true])
  })

  test('cancelling who waits cancels the future of the other loop', async () => {
    const there = new EventLoop()
    const future = there.createFuture<void>()
    const error = await run(async () => {
      const task = createTask(async () => await future)
      await sleep(0)
      task.cancel()
      return await errorOf(task)
    })
    expect(error).toBeInstanceOf(CancelledError)
    expect(future.cancelled()).toBe(true)
    there.close()
  })

  test('on virtual clocks as well', async () => {
    const [here, there] = [virtualLoop(), virtualLoop()]
    const future = there.createFuture<string>()
    const waiting = runVirtual(async () => await future, here)
    const setting = runVirtual(async () => {
      for (let count = 0; count < 5; count += 1) await hostTurn()
      future.setResult('from there')
      await sleep(0)
    }, there)
    const outcomes = await Promise.allSettled([waiting, setting])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled'])
  })
})
