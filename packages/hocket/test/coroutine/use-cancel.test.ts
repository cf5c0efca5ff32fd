import { CancelledError, coroutine, createTask, sleep, type Task, use } from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { errorOf, hostTurn } from '../support/turns.ts'

const closeSlowly = coroutine(function* (name: string, log: string[]) {
  log.push(`close ${name}`)
  yield* sleep(10)
  log.push(`closed ${name}`)
})

const slow = (name: string, log: string[]) => ({
  [Symbol.asyncDispose]: () => closeSlowly(name, log) as unknown as Promise<void>,
})

/** Opens `a` and `b`, and sleeps. */
const hold = coroutine(function* (log: string[]) {
  yield* use(slow('a', log))
  yield* use(slow('b', log))
  yield* sleep(100)
  return 'result'
})

async function cancelAt(start: () => Task<unknown>, ...times: number[]) {
  return await runVirtual(async () => {
    const task = start()
    let now = 0
    for (const [index, time] of times.entries()) {
      await sleep(time - now)
      now = time
      task.cancel(`cancel ${index + 1}`)
    }
    const error = await errorOf(task)
    return { error, cancelled: task.cancelled() }
  })
}

describe('a task that is cancelled again while a resource of it is closing', () => {
  test('ends cancelled; the other resources are closed all the same', async () => {
    const log: string[] = []
    const { error, cancelled } = await cancelAt(() => createTask(hold(log)), 1, 5)
    expect([log, cancelled]).toEqual([['close b', 'close a', 'closed a'], true])
    expect(error).toMatchObject({ name: 'CancelledError', reason: 'cancel 2' })
  })

  test('once for each resource: none is left out', async () => {
    const log: string[] = []
    const { cancelled } = await cancelAt(() => createTask(hold(log)), 1, 5, 6)
    expect([log, cancelled]).toEqual([['close b', 'close a'], true])
  })

  test('the same in a strand below an async function', async () => {
    const log: string[] = []
    const start = () => createTask(async () => await hold(log))
    const { cancelled } = await cancelAt(start, 1, 5)
    expect([log, cancelled]).toEqual([['close b', 'close a', 'closed a'], true])
  })

  test('a promise is waited for first', async () => {
    const log: string[] = []
    let release = () => {}
    const closing = new Promise<void>((resolve) => {
      release = resolve
    })
    const outcome = await runVirtual(async () => {
      const task = createTask(function* () {
        yield* use({
          [Symbol.asyncDispose]: async () => {
            await closing
            log.push('closed')
          },
        })
        yield* sleep(100)
      })
      await sleep(1)
      task.cancel('first')
      await sleep(0)
      task.cancel('second')
      await hostTurn()
      log.push(`done: ${task.done()}`)
      release()
      return [(await errorOf(task)).name, task.cancelled()]
    })
    expect(log).toEqual(['done: false', 'closed'])
    expect(outcome).toEqual(['CancelledError', true])
  })
})

describe('a cancellation while a resource is closing', () => {
  test('of a coroutine that had ended well cancels it', async () => {
    const log: string[] = []
    const start = () =>
      createTask(function* () {
        yield* use(slow('a', log))
        return 'result'
      })
    const { error, cancelled } = await cancelAt(start, 5)
    expect([log, cancelled, error.message]).toEqual([['close a'], true, 'cancel 1'])
  })

  test('of a coroutine that had failed keeps the failure as the cause', async () => {
    const start = () =>
      createTask(function* () {
        yield* use(slow('a', []))
        throw new RangeError('body')
      })
    const { error, cancelled } = await cancelAt(start, 5)
    expect(cancelled).toBe(true)
    expect(error).toBeInstanceOf(CancelledError)
    expect(error).toMatchObject({ reason: 'cancel 1', cause: new RangeError('body') })
  })

  test('while it is being opened keeps nothing', async () => {
    const log: string[] = []
    const open = coroutine(async () => {
      await sleep(10)
      return slow('never', log)
    })
    const start = () =>
      createTask(function* () {
        yield* use(slow('a', log))
        yield* use(open())
      })
    const { cancelled } = await cancelAt(start, 5)
    expect([log, cancelled]).toEqual([['close a', 'closed a'], true])
  })

  test('in the step that opens it closes it', async () => {
    const log: string[] = []
    const outcome = await runVirtual(async () => {
      const task: Task<void> = createTask(function* () {
        task.cancel()
        yield* use(slow('a', log))
        log.push('body')
        yield* sleep(0)
        log.push('not reached')
      })
      await errorOf(task)
      return task.cancelled()
    })
    expect([outcome, log]).toEqual([true, ['body', 'close a', 'closed a']])
  })
})
