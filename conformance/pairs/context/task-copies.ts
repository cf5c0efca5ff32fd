// A task works on a copy of the context: what it sets is not seen outside.

import { ContextVar, coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const name = new ContextVar<string>('name', { default: 'default' })

const child = coroutine(async () => {
  log('child', name.get())
  name.set('child')
  await sleep(1)
  log('child', name.get())
})

export const main = program(async () => {
  name.set('main')
  const task = createTask(child())
  name.set('main later')
  await task
  log('main', name.get())
})
