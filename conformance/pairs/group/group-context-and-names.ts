// A child of a group has the name and the context that it is given, else a copy of its maker's.

import { ContextVar, copyContext, coroutine, currentTask, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const variable = new ContextVar('var', { default: 'default' })

const child = coroutine(async () => {
  log(currentTask()?.getName(), variable.get())
  variable.set('changed')
})

export const main = program(async () => {
  const context = copyContext()
  context.run(() => variable.set('given'))
  variable.set('main')
  await taskGroup(async (group) => {
    group.createTask(child(), { name: 'copy' })
    group.createTask(child(), { name: 'given', context })
    group.createTask(child(), { name: 'given again', context })
  })
  log(variable.get(), context.get(variable))
})
