import {
  abandonable,
  coroutine,
  createTask,
  currentTask,
  EventLoop,
  run,
  sleep,
  WebHost,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { hostTurn } from '../support/turns.ts'

const start = <T>(main: () => PromiseLike<T>) =>
  run(main, { loopFactory: () => new EventLoop({ host: new WebHost() }) })

describe('without an AsyncLocalStorage', () => {
  test('a step knows its task, also behind awaits of what is settled', async () => {
    const names = await start(async () => {
      const tasks = ['a', 'b'].map((name) =>
        createTask(
          async () => {
            const seen = [currentTask()?.getName()]
            await Promise.resolve()
            seen.push(currentTask()?.getName())
            await sleep(0)
            seen.push(currentTask()?.getName())
            return seen.join('')
          },
          { name },
        ),
      )
      return [await tasks[0], await tasks[1]]
    })
    expect(names).toEqual(['aaa', 'bbb'])
  })

  test('what lies behind a foreign await is outside any task', async () => {
    const seen = await start(async () => {
      await hostTurn()
      return currentTask()
    })
    expect(seen).toBe(null)
  })

  test('what lies behind a foreign await is not taken for the task of another step', async () => {
    const log: string[] = []
    await start(async () => {
      const lost = createTask(async () => {
        for (let count = 0; count < 5; count += 1) {
          await hostTurn()
          if (currentTask() !== null) log.push(`lost is ${currentTask()?.getName()}`)
        }
      })
      const found = createTask(async () => {
        for (let count = 0; count < 20; count += 1) {
          await sleep(0)
          if (currentTask() !== found) log.push(`found is ${currentTask()?.getName()}`)
        }
      })
      await found
      await lost
    })
    expect(log).toEqual([])
  })

  test('abandonable and generators keep it', async () => {
    const generated = coroutine(function* () {
      yield* abandonable(hostTurn())
      return currentTask()?.getName()
    })
    const names = await start(async () => {
      const before = currentTask()?.getName()
      await abandonable(hostTurn())
      return [currentTask()?.getName() === before, (await generated()) === before]
    })
    expect(names).toEqual([true, true])
  })

  test('a cancellation reaches what the task awaits before it is lost', async () => {
    const result = await start(async () => {
      const task = createTask(async () => {
        await sleep(60_000)
      })
      await sleep(0)
      task.cancel()
      await sleep(0)
      return task.cancelled()
    })
    expect(result).toBe(true)
  })
})
