// A callback registered inside `Context.run` belongs to that context.

import { ContextVar, copyContext, coroutine, createTask, getRunningLoop } from 'hocket'
import { log, program } from '../../src/harness.ts'

const name = new ContextVar<string>('name', { default: 'default' })

export const main = program(async () => {
  const loop = getRunningLoop()
  const context = copyContext()
  context.run(() => name.set('context'))

  const callback = () => {
    log(name.get())
    name.set('callback')
  }

  context.run(() => loop.callSoon(callback))
  const task = context.run(() => createTask(child()))
  await task
  log('main', name.get(), context.get(name))
})

const child = coroutine(async () => {
  log('child', name.get())
  name.set('child')
})
