// A group ends when its body and all children have ended; children may add children until then.

import { coroutine, sleep, type Task, type TaskGroup, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (group: TaskGroup, depth: number, delay: number): Promise<number> => {
  log('start', depth, delay)
  await sleep(delay)
  if (depth > 0) {
    group.createTask(child(group, depth - 1, delay + 1))
    group.createTask(child(group, depth - 1, delay + 3))
  }
  log('end', depth, delay)
  return depth
})

export const main = program(async () => {
  let first: Task<number> | undefined
  await taskGroup(async (group) => {
    first = group.createTask(child(group, 2, 10), { name: 'first' })
    log('body ends', first.getName())
  })
  log('all done', first?.result())
})
