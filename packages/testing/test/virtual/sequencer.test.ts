import { explore, Sequencer, virtual, waitAllTasksBlocked } from '@hocket/testing'
import { CancelledError, createTask, getRunningLoop, RuntimeError, sleep, use } from 'hocket'
import { describe, expect, test } from 'vitest'

describe('a Sequencer', () => {
  const inOrder = (points: readonly number[]) =>
    function* () {
      const sequence = new Sequencer()
      const log: number[] = []
      const tasks = points.map((point) =>
        createTask(function* () {
          yield* use(sequence.at(point))
          log.push(point)
          yield* sleep(0)
          log.push(point)
        }),
      )
      for (const task of tasks) yield* task
      expect(log).toEqual([0, 0, 1, 1, 2, 2])
    }

  test('has points reached in their order, whatever the schedule', async () => {
    for (const points of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const done = await explore(inOrder(points), { schedules: 300 })
      expect(done.schedules).toBeGreaterThan(100)
    }
  })

  test(
    'works behind await',
    virtual(async () => {
      const sequence = new Sequencer()
      const log: string[] = []
      const later = createTask(async () => {
        await using _point = await sequence.at(1)
        log.push('b')
      })
      await sleep(1)
      {
        using _point = await sequence.at(0)
        log.push('a')
      }
      await later
      expect(log).toEqual(['a', 'b'])
    }),
  )

  test(
    'is broken by a cancellation, and says so to all',
    virtual(async () => {
      const sequence = new Sequencer()
      const come = (point: number) => createTask(async () => await sequence.at(point))
      const [second, third] = [come(1), come(2)]
      await sleep(0)
      second.cancel()
      await expect(second).rejects.toBeInstanceOf(CancelledError)
      await expect(third).rejects.toBeInstanceOf(RuntimeError)
      await expect(sequence.at(0)).rejects.toThrow('the order is broken')
    }),
  )

  test(
    'refuses a point twice, and what is no point',
    virtual(async () => {
      const sequence = new Sequencer()
      const point = await sequence.at(0)
      await expect(sequence.at(0)).rejects.toBeInstanceOf(RuntimeError)
      await expect(sequence.at(-1)).rejects.toBeInstanceOf(RangeError)
      point[Symbol.dispose]()
      point[Symbol.dispose]()
      await sequence.at(1)
    }),
  )
})

describe('waitAllTasksBlocked', () => {
  const busy = function* (log: string[], word: string) {
    for (let turn = 0; turn < 5; turn += 1) yield* sleep(0)
    log.push(word)
    yield* sleep(1000)
    log.push(`${word} later`)
  }

  test(
    'waits until the others are blocked, and not for timers',
    virtual(async ({ loop }) => {
      const log: string[] = []
      const tasks = ['a', 'b'].map((word) => createTask(busy(log, word)))
      await waitAllTasksBlocked()
      expect([log, loop.time()]).toEqual([['a', 'b'], 0])
      for (const task of tasks) await task
      expect(log).toEqual(['a', 'b', 'a later', 'b later'])
    }),
  )

  test('does so under any schedule, and for several who wait', async () => {
    await explore(
      function* () {
        const log: string[] = []
        const task = createTask(busy(log, 'a'))
        const waiters = [1, 2, 3].map(() =>
          createTask(function* () {
            yield* waitAllTasksBlocked()
            log.push('blocked')
          }),
        )
        for (const waiter of waiters) yield* waiter
        expect(log).toEqual(['a', 'blocked', 'blocked', 'blocked'])
        yield* task
      },
      { schedules: 400 },
    )
  })

  test('is left by a cancellation, and the others go on', async () => {
    const done = await explore(
      function* () {
        const log: string[] = []
        const task = createTask(busy(log, 'a'))
        const waiters = [1, 2].map((index) =>
          createTask(waitAllTasksBlocked(), { name: `waiter ${index}` }),
        )
        for (const waiter of waiters) while (!waiter.done()) yield* sleep(1)
        yield* task
      },
      { schedules: 400, cancel: ['waiter 1'] },
    )
    expect(done.schedules).toBeGreaterThan(200)
  })

  test(
    'counts a future that nobody sets as blocked',
    virtual(async () => {
      const future = getRunningLoop().createFuture<void>()
      const task = createTask(async () => await future)
      await waitAllTasksBlocked()
      expect(task.done()).toBe(false)
      future.setResult()
      await task
    }),
  )
})
