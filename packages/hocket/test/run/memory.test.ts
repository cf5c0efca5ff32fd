import { expect, test } from 'vitest'
import { runProgram } from '../support/program.ts'

const program = new URL('../fixtures/memory.ts', import.meta.url)

// One process for all: each program in it prints a line.
test('what is held and what is let go under a busy garbage collector', {
  timeout: 70_000,
}, async () => {
  const { code, stdout, stderr } = await runProgram(program)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout.trimEnd().split('\n')).toEqual([
    'true: a failed future is reported when it is collected',
    'true: a failed task is reported when it is collected',
    'true: coroutines never awaited are reported when they are collected',
    'true: what was looked at is not reported when it is collected',
    'true: tasks nobody holds go on, whatever they wait for',
    'true: a task that waits for what nobody can set stays, too',
    'true: tasks that are done are let go',
    'true: a cancelled handle lets go of its callback and arguments',
    'true: a callback that has run is let go',
    'true: a callback that was removed from a future is let go',
    'true: a loop that is closed is let go, with all that waited in it',
    'true: the values of a coroutine that waits are let go when it is cancelled',
  ])
})

// The stack of its error holds the task until somebody reads it.
test.fails('a task that failed in its first step is let go', { timeout: 70_000 }, async () => {
  const { stdout } = await runProgram(program, 'special')
  expect(stdout).toMatch(/^true: /)
})
