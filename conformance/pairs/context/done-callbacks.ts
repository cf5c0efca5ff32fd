// A done callback runs in the context of its registration, or in the one given.

import { ContextVar, copyContext, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const name = new ContextVar<string>('name', { default: 'default' })

export const main = program(async () => {
  const loop = getRunningLoop()
  const future = loop.createFuture<void>()
  const given = copyContext()
  given.run(() => name.set('given'))
  name.set('first')
  future.addDoneCallback(() => log('first', name.get()))
  name.set('second')
  future.addDoneCallback(() => log('second', name.get()))
  future.addDoneCallback(() => void name.set('changed'), { context: given })
  future.addDoneCallback(() => log('given', name.get()), { context: given })
  name.set('setter')
  future.setResult()
  await sleep(0)
  log('main', name.get(), given.get(name))
  name.set('late')
  future.addDoneCallback(() => log('late', name.get()))
  await sleep(0)
})
