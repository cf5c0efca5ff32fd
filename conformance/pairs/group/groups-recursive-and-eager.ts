// Groups inside children of groups, all started eagerly: every child is counted.

import { coroutine, getRunningLoop, type Suspension, type TaskFactory, taskGroup } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

let counter = 0

// An async function shows its end one microtask later than its caller goes on: these are generators.
const recurse = coroutine(function* (width: number, depth: number): Generator<Suspension, void> {
  counter++
  if (depth === 0) return
  yield* taskGroup(function* (group) {
    for (let n = 0; n < width; n++) group.createTask(recurse(width, depth - 1))
  })
})

const eager: TaskFactory = (loop, source, options) => {
  loop.setTaskFactory(null)
  const made = loop.createTask(source, { ...options, eagerStart: true })
  loop.setTaskFactory(eager)
  return made
}

export const main = program(async () => {
  const loop = getRunningLoop()
  counter = 0
  let start = ticks()
  await recurse(3, 3)
  log('lazy', counter, ticks() - start)
  loop.setTaskFactory(eager)
  start = ticks()
  await recurse(3, 3)
  log('eager', counter, ticks() - start)
})
