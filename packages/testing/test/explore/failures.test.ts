import { type ExploredBody, explore } from '@hocket/testing'
import { coroutine, createTask, DeadlockError, getRunningLoop, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { failureOf, messageOf } from '../support/failure.ts'

describe('a schedule fails', () => {
  const stuck: { spelling: string; body: ExploredBody }[] = [
    {
      spelling: 'generators',
      body: function* () {
        yield* getRunningLoop().createFuture<void>()
      },
    },
    {
      spelling: 'async functions',
      body: async () => {
        await getRunningLoop().createFuture<void>()
      },
    },
  ]
  test.each(stuck)('in a deadlock of $spelling, with who waits for what', async ({ body }) => {
    const { cause } = await failureOf(body)
    expect(cause).toBeInstanceOf(DeadlockError)
    expect((cause as Error).message).toMatch(/main \(.*\) waits for a Future/)
  })

  test('if a task is left', async () => {
    const one = await messageOf(function* () {
      createTask(sleep(10), { name: 'sleeper' })
      yield* sleep(0)
    })
    expect(one).toMatch(/^a task is left at the end: .*\n {2}sleeper \(sleep\) waits for a timer$/)
    const two = await messageOf(async () => {
      createTask(sleep(10))
      createTask(sleep(10))
    })
    expect(two).toMatch(/^2 tasks are left at the end/)
  })

  test('but not if the task ends by itself', async () => {
    const done = await explore(
      function* () {
        yield* sleep(0)
        createTask(function* () {
          for (let turn = 0; turn < 5; turn += 1) yield* sleep(0)
        })
      },
      { schedules: 100 },
    )
    expect(done.steps).toBe(8)
    const played = await explore(
      async () => {
        createTask(async () => {
          for (let turn = 0; turn < 5; turn += 1) await sleep(0)
        })
      },
      { schedules: 100 },
    )
    expect(played.steps).toBeGreaterThan(6)
  })

  test('if an exception is lost', async () => {
    const message = await messageOf(function* () {
      createTask(
        function* () {
          yield* sleep(0)
          throw new Error('lost')
        },
        { name: 'loser' },
      )
      yield* sleep(0)
    })
    expect(message).toMatch(/^the exception of loser .* was never retrieved.*lost/)
  })

  test('if a coroutine is not awaited', async () => {
    const forgotten = coroutine(async () => {})
    const message = await messageOf(function* () {
      void forgotten()
      yield* sleep(0)
    })
    expect(message).toContain('was never awaited')
  })

  test('if a callback throws', async () => {
    const message = await messageOf(function* () {
      getRunningLoop().callSoon(() => {
        throw new Error('in a callback')
      })
      yield* sleep(1)
    })
    expect(message).toContain('in a callback')
  })

  test('if a check that must always hold does not', async () => {
    let inside = 0
    const message = await messageOf(function* ({ always }) {
      inside = 0
      always(() => {
        if (inside > 1) throw new Error('two inside')
      })
      const enter = coroutine(function* () {
        inside += 1
        yield* sleep(0)
        inside -= 1
      })
      const tasks = [createTask(enter()), createTask(enter())]
      for (const task of tasks) yield* task
    })
    expect(message).toBe('two inside')
  })

  test('if a check at the end does not hold, also where the body is cancelled', async () => {
    const body: ExploredBody = function* ({ atEnd }) {
      let open = 0
      atEnd(() => {
        if (open > 0) throw new Error('left open')
      })
      open = 1
      yield* sleep(0)
      open = 0
    }
    expect(await explore(body, { strategy: 'exhaustive' })).toMatchObject({ schedules: 1 })
    expect(await messageOf(body, { cancel: ['main'] })).toBe('left open')
  })

  test('if the body is cancelled, and not by explore()', async () => {
    const message = await messageOf(function* ({ loop }) {
      const future = loop.createFuture<void>()
      future.cancel()
      yield* future
    })
    expect(message).toBe('the body was cancelled, and not by explore()')
  })

  const endless: { spelling: string; body: ExploredBody }[] = [
    {
      spelling: 'generators',
      body: function* () {
        for (;;) yield* sleep(0)
      },
    },
    {
      spelling: 'async functions',
      body: async () => {
        for (;;) await sleep(0)
      },
    },
  ]
  test.each(endless)('if it does not end ($spelling)', async ({ body }) => {
    const message = await messageOf(body, { maxSteps: 50 })
    expect(message).toContain('it had not ended after 50 steps')
  })
})
