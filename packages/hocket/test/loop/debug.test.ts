import { VirtualHost } from '@hocket/testing'
import { createTask, EventLoop, getRunningLoop, run, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'

/** A loop in debug mode, and how a step spends `ms` on it. */
function debugged() {
  const host = new VirtualHost()
  const loop = new EventLoop({ host, debug: true })
  const reports = collectReports(loop)
  return {
    loop,
    work: (ms: number) => host.advance(host.now() + ms),
    messages: () => reports.map((report) => report.message),
  }
}

describe('a step that takes long', () => {
  test('is reported with its name and its time, and with what to do', async () => {
    const { loop, work, messages } = debugged()
    function resize() {
      work(150)
    }
    await runVirtual(async () => {
      loop.callSoon(resize)
      await sleep(1)
    }, loop)
    expect(messages()).toHaveLength(1)
    expect(messages()[0]).toMatch(
      /^<Handle resize .*> took 150 ms: nothing else of this loop could/,
    )
    expect(messages()[0]).toMatch(/Move blocking work to an executor, or give way by sleep\(0\)$/)
  })

  test('that takes just the limit is not', async () => {
    const { loop, work, messages } = debugged()
    loop.callSoon(() => work(100))
    await runVirtual(async () => await sleep(1), loop)
    expect(messages()).toEqual([])
  })

  test('is measured against slowCallbackDuration', async () => {
    const { loop, work, messages } = debugged()
    expect(loop.slowCallbackDuration).toBe(100)
    loop.slowCallbackDuration = 5
    loop.callSoon(() => work(6))
    await runVirtual(async () => await sleep(1), loop)
    expect(messages()).toHaveLength(1)
  })

  test('is named by its task in a generator', async () => {
    const { loop, work, messages } = debugged()
    await runVirtual(function* () {
      yield* createTask(
        function* () {
          yield* sleep(1)
          work(200)
        },
        { name: 'resizer' },
      )
    }, loop)
    expect(messages()).toHaveLength(1)
    expect(messages()[0]).toMatch(/^<Task pending name='resizer' .*> took 200 ms/)
  })

  test('counts to its end in an async function, behind awaits that do not suspend', async () => {
    const { loop, work, messages } = debugged()
    await runVirtual(async () => {
      await createTask(
        async () => {
          work(60)
          await Promise.resolve()
          work(60)
          await sleep(1)
          work(60)
        },
        { name: 'resizer' },
      )
    }, loop)
    expect(messages()).toHaveLength(1)
    expect(messages()[0]).toMatch(/name='resizer' .*took 120 ms/)
  })

  test('a wait is no step', async () => {
    const { loop, messages } = debugged()
    await runVirtual(async () => await sleep(60_000), loop)
    expect(messages()).toEqual([])
  })
})

test('many short steps in a row are reported as an iteration', async () => {
  const { loop, work, messages } = debugged()
  for (let count = 0; count < 3; count += 1) loop.callSoon(() => work(50))
  await runVirtual(async () => await sleep(1), loop)
  expect(messages()).toEqual([
    expect.stringMatching(/^an iteration of the loop \(many short steps in a row\) took 150 ms/),
  ])
})

test('a slow step is not reported again as an iteration', async () => {
  const { loop, work, messages } = debugged()
  loop.callSoon(() => work(150))
  loop.callSoon(() => work(50))
  await runVirtual(async () => await sleep(1), loop)
  expect(messages()).toHaveLength(1)
  expect(messages()[0]).toMatch(/^<Handle .* took 150 ms/)
})

test('nothing is watched outside debug mode', async () => {
  const host = new VirtualHost()
  const loop = new EventLoop({ host })
  const reports = collectReports(loop)
  loop.callSoon(() => host.advance(5000))
  await runVirtual(async () => await sleep(1), loop)
  expect([reports, loop.getDebug()]).toEqual([[], false])
})

test('turned on inside a step, it watches from there', async () => {
  const loop = virtualLoop({ start: 1_000_000 })
  const reports = collectReports(loop)
  await runVirtual(async () => {
    getRunningLoop().setDebug(true)
    await sleep(0)
  }, loop)
  expect(reports).toEqual([])
})

test('run() takes debug, and leaves the loop’s own choice without it', async () => {
  const debugOf = (made: boolean, options: { debug?: boolean }) =>
    run(async () => getRunningLoop().getDebug(), {
      ...options,
      loopFactory: () => virtualLoop({ debug: made }),
    })
  expect(await debugOf(false, { debug: true })).toBe(true)
  expect(await debugOf(true, { debug: false })).toBe(false)
  expect(await debugOf(true, {})).toBe(true)
})

describe('where things were made', () => {
  function makeHere<T>(make: () => T): T {
    return make()
  }

  test('a task knows in debug mode only', async () => {
    const stackIn = (debug: boolean) =>
      runVirtual(
        async () => makeHere(() => createTask(sleep(0))).getCreationStack(),
        virtualLoop({ debug }),
      )
    expect(await stackIn(true)).toContain('makeHere')
    expect(await stackIn(false)).toBe(undefined)
  })

  test('a callAt() handle shows it', () => {
    const { loop } = debugged()
    const shown = String(makeHere(() => loop.callAt(1, () => {})))
    expect(shown).toMatch(/^<TimerHandle <anonymous> at .*debug\.test\.ts/)
  })

  test('a callSoon() handle shows it', () => {
    const { loop } = debugged()
    const shown = String(loop.callSoon(() => {}))
    expect(shown).toMatch(/^<Handle <anonymous> at .*debug\.test\.ts/)
  })

  test('a callLater() handle shows it', () => {
    const { loop } = debugged()
    const shown = String(loop.callLater(1, () => {}))
    expect(shown).toMatch(/^<TimerHandle <anonymous> at .*debug\.test\.ts/)
  })

  function stackOfCancelledError(debug: boolean): Promise<string | undefined> {
    return runVirtual(async () => {
      const task = createTask(async () => {
        try {
          return await sleep(10)
        } catch (error) {
          return (error as Error).stack
        }
      })
      await sleep(0)
      makeHere(() => task.cancel())
      return (await task) as string | undefined
    }, virtualLoop({ debug }))
  }

  test('a CancelledError of the loop has no stack outside debug mode', async () => {
    expect(await stackOfCancelledError(false)).toBe('CancelledError: cancelled')
  })

  test('a CancelledError shows who cancelled, in debug mode', async () => {
    expect(await stackOfCancelledError(true)).toContain('makeHere')
  })
})
