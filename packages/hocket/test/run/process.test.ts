import { describe, expect, test } from 'vitest'
import { runProgram } from '../support/program.ts'

const program = new URL('../fixtures/endings.ts', import.meta.url)
const play = (name: string) => runProgram(program, name)

describe('the end of a process', { timeout: 70_000, concurrent: true }, () => {
  test('a main that fails and is not caught: exit code 1 and the error', async () => {
    const { code, stderr } = await play('main-fails')
    expect(code).toBe(1)
    expect(stderr).toContain('RangeError: failed')
  })

  test('timers and tasks that are left do not keep it', async () => {
    expect(await play('timers-left')).toEqual({
      code: 0,
      signal: null,
      stdout: 'over\n',
      stderr: '',
    })
  })

  test('an error nobody looks at is printed, and is no reason to fail', async () => {
    const { code, stdout, stderr } = await play('failed-task')
    expect([code, stdout]).toEqual([0, 'over\n'])
    expect(stderr).toMatch(/^hocket: the exception of Task-\d+ .* was never retrieved/)
    expect(stderr).toContain('RangeError: nobody looks')
  })

  test('the default loop runs as long as it has something to do', async () => {
    expect(await play('default-loop')).toMatchObject({ code: 0, stdout: 'slept\ntask\n' })
  })

  test('a loop on WebHost does not keep it', async () => {
    expect(await play('web-host')).toMatchObject({ code: 0, stdout: 'slept\n' })
  })
})

describe('a deadlock', { timeout: 70_000, concurrent: true }, () => {
  test('is an error with the tree of tasks, in place of exit code 13', async () => {
    const { code, stderr } = await play('deadlock')
    expect(code).toBe(1)
    expect(stderr).toMatch(/DeadlockError: 2 tasks wait for what can never come/)
    expect(stderr).toMatch(/Task-\d+ \(main\) waits for worker \(work\)\n {2}worker \(work\) waits/)
  })

  test('is noticed whatever it is for, and whoever else runs', async () => {
    const { code, stdout, stderr } = await play('deadlocks')
    // Said once: closing the loop runs into the same one.
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.trimEnd().split('\n')).toEqual([
      'behind a timer: DeadlockError',
      'for a foreign promise: DeadlockError',
      'for a foreign promise, on virtual time: DeadlockError',
      'none: a promise waits for a virtual timer: 10',
      'of an inner run: DeadlockError, and outside went on',
      'of two runs side by side: DeadlockError and DeadlockError',
    ])
  })
})

describe('a coroutine that nobody awaits, outside any loop', {
  timeout: 70_000,
  concurrent: true,
}, () => {
  const report = 'hocket: the coroutine fetchPage was never awaited'

  test.each(['never-awaited', 'never-awaited-after-run', 'never-awaited-after-await'])(
    'is reported when the process ends: %s',
    async (name) => {
      const { code, stderr } = await play(name)
      expect([code, stderr.split(report).length - 1]).toEqual([0, 1])
    },
  )

  // The loop that has run and is not closed counts as one that will run again.
  test('is reported beside a Runner that is not closed', async () => {
    const { stderr } = await play('never-awaited-beside-runner')
    expect(stderr).toContain(report)
  })

  test('is not reported if it was awaited later', async () => {
    expect(await play('awaited-late')).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('a then() whose promise is ignored', { timeout: 70_000, concurrent: true }, () => {
  test('and whose callback throws is an unhandled rejection', async () => {
    const { code, stderr } = await play('ignored-then')
    expect(code).toBe(1)
    expect(stderr).toContain('RangeError: in the callback')
  })

  test('and which has no onRejected is an unhandled rejection', async () => {
    const { code, stderr } = await play('ignored-rejection')
    expect(code).toBe(1)
    expect(stderr).toContain('RangeError: rejected')
  })
})

test('loops in worker threads are loops like any other', {
  timeout: 70_000,
  concurrent: true,
}, async () => {
  const { code, stdout } = await runProgram(new URL('../fixtures/workers.ts', import.meta.url))
  expect([code, stdout.trimEnd().split('\n')]).toEqual([
    0,
    [
      'result: ab (0)',
      'deadlock: DeadlockError (0)',
      'failing: RangeError: in the worker (1)',
      'here',
    ],
  ])
})

test('where the runtime was loaded does not matter to AsyncLocalStorage', {
  timeout: 70_000,
  concurrent: true,
}, async () => {
  const program = new URL('../fixtures/loaded-in-storage.ts', import.meta.url)
  const { stdout } = await runProgram(program)
  expect(stdout.trimEnd()).toBe(`${'undefined '.repeat(5)}${'caller '.repeat(5)}`.trimEnd())
})
