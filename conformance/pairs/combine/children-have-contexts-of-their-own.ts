// What a child of gather or of a group sets in a context variable is not seen outside; what was set before is.

import { ContextVar, coroutine, gather, shield, sleep, taskGroup, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

const variable = new ContextVar('var', { default: 'default' })

const child = coroutine(async (name: string) => {
  log(name, variable.get())
  variable.set(name)
  await sleep(0)
  log(name, variable.get())
})

export const main = program(async () => {
  variable.set('main')
  await gather([child('a'), child('b')])
  log(variable.get())
  await taskGroup(async (group) => {
    group.createTask(child('c'))
    variable.set('body')
    group.createTask(child('d'))
  })
  log(variable.get())
  await waitFor(child('inline'), 10)
  log(variable.get())
  await shield(child('shielded'))
  log(variable.get())
})
