// The loop's task factory makes every task, and None brings the own ones back.

import { coroutine, createTask, currentTask, getRunningLoop, type TaskFactory } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string) => {
  log('child', name, currentTask()?.getName())
})

export const main = program(async () => {
  const loop = getRunningLoop()
  log(loop.getTaskFactory() === null)

  const factory: TaskFactory = (loop, source, options) => {
    log('factory')
    loop.setTaskFactory(null)
    const task = loop.createTask(source, options)
    loop.setTaskFactory(factory)
    return task
  }

  loop.setTaskFactory(factory)
  log(loop.getTaskFactory() === factory)
  await createTask(child('one'), { name: 'first' })
  await loop.createTask(child('two'), { name: 'second' })
  loop.setTaskFactory(null)
  await createTask(child('three'), { name: 'own' })
})
