import { expect, test } from 'vitest'
import { runProgram } from '../support/program.ts'

const program = new URL('../fixtures/abandoned.ts', import.meta.url)

const twice = (line: string) => [line, line]

// One process for all: each program in it prints a line for each spelling.
test('async generators that are collected unfinished', { timeout: 70_000 }, async () => {
  const { code, stdout, stderr } = await runProgram(program)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout.trimEnd().split('\n')).toEqual([
    ...twice('one that was begun is closed in a task of its own: closed in closing of numbers'),
    ...twice(
      'one that was begun by another task, which was cancelled, is closed, too: closed in closing of numbers',
    ),
    ...twice(
      'one that is running is not abandoned until it has produced: value 1, closed in closing of numbers, true',
    ),
    ...twice('one that is held is left alone: value 2'),
    ...twice('one that was not begun is just forgotten: '),
    ...twice(
      'the error of one that fails then is reported: the exception of closing of failing (failing.aclose) was never retrieved: await it, or look at its exception()',
    ),
    ...twice(
      'one that is collected after its loop was closed is let be: closed in Task-N, gone: true',
    ),
  ])
})
