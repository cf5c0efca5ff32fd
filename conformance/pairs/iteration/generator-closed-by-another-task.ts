// A generator that stands at its yield may be closed by another task, which runs its clean-up.

import { asyncGenerator, coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const ticker = asyncGenerator(async function* () {
  try {
    let n = 0
    while (true) {
      await sleep(1)
      yield n
      n += 1
    }
  } finally {
    log('clean-up of', currentTask()?.getName())
    await sleep(5)
  }
})

const consumer = coroutine(async (agen: AsyncGenerator<number>) => {
  for await (const n of agen) {
    log(n)
    await sleep(10)
  }
  log('loop ends')
})

export const main = program(async () => {
  const agen = ticker()
  const task = createTask(consumer(agen), { name: 'consumer' })
  await sleep(5)
  currentTask()?.setName('main')
  await agen.aclose()
  log('closed')
  await task
})
