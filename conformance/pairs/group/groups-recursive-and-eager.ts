// Groups inside children of groups, all started eagerly: every child is counted.

import { coroutine, type Suspension, taskGroup } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

let counter = 0

// An async function shows its end one microtask later than its caller goes on: these are generators.
const recurse = coroutine(function* (
  width: number,
  depth: number,
  eagerStart: boolean,
): Generator<Suspension, void> {
  counter++
  if (depth === 0) return
  yield* taskGroup(function* (group) {
    for (let n = 0; n < width; n++) {
      group.createTask(recurse(width, depth - 1, eagerStart), { eagerStart })
    }
  })
})

export const main = program(async () => {
  counter = 0
  let start = ticks()
  await recurse(3, 3, false)
  log('lazy', counter, ticks() - start)
  start = ticks()
  await recurse(3, 3, true)
  log('eager', counter, ticks() - start)
})
