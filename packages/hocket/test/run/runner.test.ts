import {
  Context,
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  type EventLoop,
  getRunningLoop,
  Runner,
  RuntimeError,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

const virtual = () => new Runner({ loopFactory: virtualLoop })

describe('Runner', () => {
  test('runs several times on one loop, in one context', async () => {
    const runner = virtual()
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const loops: EventLoop[] = []
    const body = (next: string) => async () => {
      const before = user.get()
      user.set(next)
      loops.push(getRunningLoop())
      await sleep(10)
      return [before, getRunningLoop().time()]
    }
    expect(await runner.run(body('ada'))).toEqual(['nobody', 10])
    expect(await runner.run(body('bob'))).toEqual(['ada', 20])
    expect(loops.map((loop) => loop === runner.getLoop())).toEqual([true, true])
    expect(user.get()).toBe('nobody')
    await runner.close()
  })

  test('takes a context for one run', async () => {
    const runner = virtual()
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const context = new Context()
    await runner.run(
      async () => {
        user.set('given')
      },
      { context },
    )
    expect(context.get(user)).toBe('given')
    expect(await runner.run(async () => user.get())).toBe('nobody')
    await runner.close()
  })

  test('keeps other tasks for the next run', async () => {
    const runner = virtual()
    const log: string[] = []
    await runner.run(async () => {
      createTask(async () => {
        await sleep(5)
        log.push('left over')
      })
    })
    expect(log).toEqual([])
    await runner.run(async () => await sleep(10))
    expect(log).toEqual(['left over'])
    await runner.close()
  })

  test('makes its loop when it is first asked for, once', async () => {
    let made = 0
    const runner = new Runner({
      loopFactory: () => {
        made += 1
        return virtualLoop()
      },
    })
    expect(made).toBe(0)
    const loop = runner.getLoop()
    await runner.run(async () => {})
    expect([made, runner.getLoop() === loop]).toEqual([1, true])
    await runner.close()
  })

  test('goes on after a run that failed', async () => {
    const runner = virtual()
    const failing = runner.run(async () => {
      throw new RangeError('failed')
    })
    await expect(failing).rejects.toThrow('failed')
    expect(await runner.run(async () => 'next')).toBe('next')
    await runner.close()
  })

  test('rejects what is not a coroutine, and can go on', async () => {
    const runner = virtual()
    await expect(runner.run(Promise.resolve(1) as never)).rejects.toThrow(TypeError)
    expect(await runner.run(async () => 'next')).toBe('next')
    await runner.close()
  })

  test('does not run twice at once, and leaves the second main alone', async () => {
    const runner = virtual()
    const log: string[] = []
    const second = coroutine(async () => {
      log.push('second ran')
    })()
    const first = runner.run(async () => await sleep(5, 'first'))
    const error = await errorOf(runner.run(second))
    expect(error).toBeInstanceOf(RuntimeError)
    expect(await first).toBe('first')
    second.close()
    await runner.close()
    expect(log).toEqual([])
  })
})

describe('close', () => {
  test('cancels what is left and waits for it', async () => {
    const runner = virtual()
    const log: string[] = []
    const loop = runner.getLoop()
    await runner.run(async () => {
      createTask(async () => {
        try {
          await sleep(100)
        } finally {
          log.push('cancelled')
          await sleep(1)
          log.push('cleaned up')
        }
      })
      await sleep(0)
    })
    await runner.close()
    expect([log, loop.isClosed()]).toEqual([['cancelled', 'cleaned up'], true])
  })

  test('may be called twice, unused, and by await using', async () => {
    const runner = virtual()
    await runner.run(async () => {})
    await runner.close()
    await runner.close()
    await new Runner().close()
    let loop: EventLoop | undefined
    {
      await using scoped = virtual()
      loop = scoped.getLoop()
      await scoped.run(async () => {})
    }
    expect(loop.isClosed()).toBe(true)
  })

  test('is final', async () => {
    const runner = virtual()
    await runner.close()
    const message = 'the Runner is closed: make a new one'
    expect(() => runner.getLoop()).toThrow(RuntimeError)
    expect(() => runner.getLoop()).toThrow(message)
    await expect(runner.run(async () => {})).rejects.toThrow(message)
  })

  test('reports errors of tasks that it cancelled', async () => {
    const runner = virtual()
    const reports = collectReports(runner.getLoop())
    await runner.run(async () => {
      createTask(
        async () => {
          try {
            await sleep(100)
          } catch {
            throw new RangeError('in the clean-up')
          }
        },
        { name: 'careless' },
      )
      await sleep(0)
    })
    await runner.close()
    expect(reports).toHaveLength(1)
    expect(reports[0]).toMatchObject({
      message: 'unhandled exception during the shutdown of run()',
      exception: new RangeError('in the clean-up'),
    })
    expect(String(reports[0]?.task)).toContain("name='careless'")
  })

  test('runs what the last iteration has scheduled', async () => {
    const runner = virtual()
    const log: string[] = []
    await runner.run(async () => {
      getRunningLoop().callSoon(() => log.push('callback'))
    })
    await runner.close()
    expect(log).toEqual(['callback'])
  })

  test('of a loop that somebody has closed does nothing', async () => {
    const runner = virtual()
    await runner.run(async () => {})
    runner.getLoop().close()
    await runner.close()
    expect(() => runner.getLoop()).toThrow(RuntimeError)
  })
})

test('the name of main is a task’s like any other', async () => {
  const runner = virtual()
  const name = await runner.run(async () => currentTask()?.getName())
  await runner.close()
  expect(name).toMatch(/^Task-\d+$/)
})
