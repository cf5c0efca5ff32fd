// A generator runs in the task that asks: two tasks that take turns are each the current one inside.

import { anext, asyncGenerator, coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const who = asyncGenerator(async function* (n: number) {
  for (let k = 0; k < n; k++) {
    const name = currentTask()?.getName()
    await sleep(0)
    yield name
  }
})

const ask = coroutine(async (agen: ReturnType<typeof who>) => await anext(agen))

export const main = program(async () => {
  const agen = who(4)
  for (const name of ['a', 'b', 'a']) log(name, await createTask(ask(agen), { name }))
  currentTask()?.setName('main')
  log(await anext(agen))
})
