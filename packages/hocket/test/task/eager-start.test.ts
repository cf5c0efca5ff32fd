// biome-ignore-all lint/correctness/useYield: what ends in its first step need not yield
import { ContextVar, createTask, currentTask, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'

describe('an eager start', () => {
  test('runs the first step at once, inside the caller’s', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      const tasks = [
        createTask(
          async () => {
            log.push(`async ${currentTask()?.getName()}`)
            await sleep(1)
            log.push('async again')
          },
          { eagerStart: true, name: 'a' },
        ),
        createTask(
          function* () {
            log.push(`generator ${currentTask()?.getName()}`)
            yield* sleep(2)
            log.push('generator again')
          },
          { eagerStart: true, name: 'b' },
        ),
      ]
      log.push('caller')
      for (const task of tasks) await task
    })
    expect(log).toEqual(['async a', 'generator b', 'caller', 'async again', 'generator again'])
  })

  test('of what ends in its first step is done at once', async () => {
    const result = await runVirtual(async () => {
      const task = createTask(
        function* () {
          return 'at once'
        },
        { eagerStart: true },
      )
      return [task.done(), task.result()]
    })
    expect(result).toEqual([true, 'at once'])
  })

  test('of what fails in its first step does not throw at the caller', async () => {
    const error = await runVirtual(async () => {
      const task = createTask(
        function* () {
          throw new RangeError('at once')
        },
        { eagerStart: true },
      )
      return task.exception()
    })
    expect(error).toEqual(new RangeError('at once'))
  })

  test('knows its own task in the caller’s first step, and in a generator', async () => {
    const seen = await runVirtual(function* () {
      const names: unknown[] = []
      const child = function* () {
        names.push(currentTask()?.getName())
        yield* sleep(0)
        names.push(currentTask()?.getName())
      }
      const outer = createTask(
        async () => {
          const inner = createTask(child, { eagerStart: true, name: 'inner' })
          names.push(currentTask()?.getName())
          await inner
          names.push(currentTask()?.getName())
        },
        { eagerStart: true, name: 'outer' },
      )
      yield* outer
      return names
    })
    expect(seen).toEqual(['inner', 'outer', 'inner', 'outer'])
  })

  test('knows its own task and context, wherever the caller is', async () => {
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const seen = await runVirtual(async () => {
      await sleep(0)
      let name: string | undefined
      const task = createTask(
        function* () {
          name = currentTask()?.getName()
          user.set('child')
          yield* sleep(0)
        },
        { eagerStart: true, name: 'child' },
      )
      await task
      return [name, user.get()]
    })
    expect(seen).toEqual(['child', 'nobody'])
  })
})
