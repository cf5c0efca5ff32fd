// A group with one child that ends at once takes three iterations, an empty one none.

import { coroutine, taskGroup } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const nop = coroutine(async () => {})

export const main = program(async () => {
  let start = ticks()
  await taskGroup(async () => {})
  log('empty', ticks() - start)
  await taskGroup(async (group) => {
    group.createTask(nop())
  })
  log('one', ticks() - start)
  start = ticks()
  await taskGroup(async (group) => {
    const task = group.createTask(nop())
    group.createTask(nop())
    await task
    log('joined by hand', ticks() - start)
  })
  log('two', ticks() - start)
})
