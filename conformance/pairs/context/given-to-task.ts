// Tasks that are given one context share it.

import { ContextVar, copyContext, coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const name = new ContextVar<string>('name', { default: 'default' })

const child = coroutine(async (which: string) => {
  log(which, 'sees', name.get())
  name.set(which)
  await sleep(which === 'first' ? 1 : 2)
  log(which, 'sees', name.get())
  return currentTask()?.getContext()
})

export const main = program(async () => {
  const shared = copyContext()
  shared.run(() => name.set('shared'))
  const first = createTask(child('first'), { context: shared })
  const second = createTask(child('second'), { context: shared })
  log((await first) === shared, (await second) === shared)
  log('main', name.get(), shared.get(name))
})
