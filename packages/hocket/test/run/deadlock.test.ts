import {
  coroutine,
  createTask,
  DeadlockError,
  ensureFuture,
  type Future,
  getRunningLoop,
  sleep,
  type Task,
} from 'hocket'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf, outcomeAfter } from '../support/turns.ts'

const head = (tasks: string) =>
  `${tasks} for what can never come: no handle is ready, no timer is set, nothing is open on the host`
const advice =
  'Somebody has to set the future, release the lock or put the item that is waited for.'

async function linesOf(main: Parameters<typeof runVirtual>[0]): Promise<string[]> {
  const loop = virtualLoop()
  collectReports(loop)
  const error = await errorOf(runVirtual(main, loop))
  expect(error).toBeInstanceOf(DeadlockError)
  expect(error).toMatchObject({ code: 'ERR_DEADLOCK' })
  return error.message.split('\n')
}

const waitFor = coroutine(async function waitFor(future: PromiseLike<unknown>) {
  await future
})
const waitForGenerated = coroutine(function* waitForGenerated(future: Future<unknown>) {
  yield* future
})

describe('a deadlock', () => {
  test('shows the only task, its coroutines and what it waits for', async () => {
    const lines = await linesOf(async function main() {
      await waitFor(getRunningLoop().createFuture())
    })
    expect(lines).toEqual([
      head('1 task waits'),
      expect.stringMatching(/^Task-\d+ \(main > waitFor\) waits for a Future$/),
      advice,
    ])
  })

  test('shows who waits for whom as a tree', async () => {
    const lines = await linesOf(async function main() {
      const future = getRunningLoop().createFuture()
      const bottom = createTask(waitForGenerated(future), { name: 'bottom' })
      const middle = createTask(waitFor(bottom), { name: 'middle' })
      createTask(waitFor(bottom), { name: 'other' })
      await middle
    })
    const mainLine = lines.find((line) => line.includes('(main)'))
    expect(lines[0]).toBe(head('4 tasks wait'))
    expect(mainLine).toMatch(/^Task-\d+ \(main\) waits for middle \(waitFor\)$/)
    const at = lines.indexOf(mainLine ?? '')
    expect(lines.slice(at + 1, at + 3)).toEqual([
      '  middle (waitFor) waits for bottom (waitForGenerated)',
      '    bottom (waitForGenerated) waits for a Future',
    ])
    expect(lines).toContain('other (waitFor) waits for bottom (waitForGenerated)')
    expect(lines.at(-1)).toBe(advice)
  })

  test('shows tasks that wait for each other in a ring, each once', async () => {
    // Nothing can end such tasks: closing the loop fails as well, and says so.
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => print.mockRestore())
    const lines = await linesOf(async function main() {
      const tasks: Task<void>[] = []
      const next = (index: number) => async () => {
        await tasks[index]
      }
      tasks.push(createTask(next(1), { name: 'a' }), createTask(next(2), { name: 'b' }))
      tasks.push(createTask(next(0), { name: 'c' }))
      await tasks[0]
    })
    const names = lines.map((line) => line.trim().split(' ')[0])
    expect(names.filter((name) => /^[abc]$/.test(name ?? ''))).toEqual(['a', 'b', 'c'])
  })

  test('shows all that a task waits for at once', async () => {
    const lines = await linesOf(async function main() {
      const future = getRunningLoop().createFuture()
      await Promise.all([
        future,
        createTask(waitFor(future), { name: 'child' }),
        waitForGenerated(future),
      ])
    })
    expect(lines[1]).toMatch(
      /\(main > waitForGenerated\) waits for a Future, child \(waitFor\), a Future$/,
    )
    expect(lines[2]).toBe('  child (waitFor) waits for a Future')
  })

  test('comes when all else is over, and not before', async () => {
    const loop = virtualLoop()
    const error = await errorOf(
      runVirtual(async () => {
        createTask(sleep(1000))
        await getRunningLoop().createFuture()
      }, loop),
    )
    expect([error.name, loop.time()]).toEqual(['DeadlockError', 1000])
  })

  test('ends the run in an orderly way: tasks are cancelled, and may clean up', async () => {
    const log: string[] = []
    const loop = virtualLoop()
    const error = await errorOf(
      runVirtual(async () => {
        try {
          await getRunningLoop().createFuture()
        } finally {
          await sleep(5)
          log.push('cleaned up')
        }
      }, loop),
    )
    expect([error.name, log, loop.isClosed()]).toEqual(['DeadlockError', ['cleaned up'], true])
  })

  test('is none while a foreign promise is under way', async () => {
    const never = new Promise<void>(() => {})
    const waiting = runVirtual(async () => await ensureFuture(never))
    expect(await outcomeAfter(waiting, 20)).toBe('pending')
    const waitingNatively = runVirtual(async () => await never)
    expect(await outcomeAfter(waitingNatively, 20)).toBe('pending')
  })

  test('of an inner run is the inner one’s, and the outer one may go on', async () => {
    const result = await runVirtual(async () => {
      const error = await errorOf(runVirtual(async () => await getRunningLoop().createFuture()))
      await sleep(5)
      return [error.name, getRunningLoop().time()]
    })
    expect(result).toEqual(['DeadlockError', 5])
  })
})
