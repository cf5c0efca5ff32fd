// A task has the name it was given or a default one, and the name can be set.

import { coroutine, createTask, currentTask } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  log('running as', currentTask()?.getName())
})

export const main = program(async () => {
  const named = createTask(child(), { name: 'named' })
  const plain = createTask(child())
  log(named.getName(), plain.getName().startsWith('Task-'))
  plain.setName('renamed')
  await named
  await plain
  named.setName('after its end')
  log(named.getName())
})
