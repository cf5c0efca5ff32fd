// An exception group is taken apart by type, level by level; what is left keeps its shape.

import { ExceptionGroup, RuntimeError } from 'hocket'
import { log, program } from '../../src/harness.ts'

class OSError extends Error {}

export const main = program(async () => {
  const group = new ExceptionGroup('outer', [
    new RangeError(),
    new TypeError(),
    new ExceptionGroup('inner', [new RangeError(), new RuntimeError('')]),
    new ExceptionGroup('only', [new TypeError()]),
  ])
  for (const kinds of [RangeError, TypeError, [TypeError, RuntimeError], OSError]) {
    const [matched, rest] = group.split(kinds)
    log(matched, rest)
  }
  log(group.subgroup((error: unknown) => error instanceof RuntimeError))
  log(group.subgroup((error: unknown) => error instanceof ExceptionGroup) === group)
  log(group.derive([new RangeError()]))
  for (const errors of [[], null]) {
    try {
      new ExceptionGroup('refused', errors as never)
    } catch (error) {
      log(error)
    }
  }
})
