import { expect, test } from 'vitest'
import { runProgram } from '../support/program.ts'

const program = new URL('../fixtures/combine-memory.ts', import.meta.url)

// One process for all: each program in it prints a line.
test('what combinators let go of while they live on', { timeout: 70_000 }, async () => {
  const { code, stdout, stderr } = await runProgram(program)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout.trimEnd().split('\n')).toEqual([
    'true: the children of a gather that is done',
    'true: the other children behind an error, when they are done',
    'true: who has waited for a future that lives on',
    'true: the items and tasks of a forEach that goes on',
    'true: the results that were taken from a map that goes on',
  ])
})
