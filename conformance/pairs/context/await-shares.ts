// An awaited coroutine shares the context of its caller.

import { ContextVar, coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const name = new ContextVar<string>('name', { default: 'default' })

const inner = coroutine(async () => {
  await sleep(1)
  log('inner', name.get())
  name.set('inner')
})

const outer = coroutine(async () => {
  name.set('outer')
  await inner()
  log('outer', name.get())
  await sleep(1)
})

export const main = program(async () => {
  await outer()
  log('main', name.get())
})
