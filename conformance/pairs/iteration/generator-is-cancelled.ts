// A cancel of the task that iterates comes at the await inside the generator, whose clean-up runs and ends it.

import { anext, asyncGenerator, coroutine, createTask, sleep, wait } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const ticker = asyncGenerator(async function* () {
  let n = 0
  try {
    while (true) {
      await sleep(10)
      n += 1
      yield n
    }
  } catch (error) {
    log('inside', reason(error))
    throw error
  } finally {
    await sleep(3)
    log('cleaned up')
  }
})

const consumer = coroutine(async (agen: AsyncGenerator<number>) => {
  try {
    for await (const n of agen) {
      log('got', n)
    }
  } catch (error) {
    log('consumer', reason(error))
    throw error
  }
})

export const main = program(async () => {
  const agen = ticker()
  const task = createTask(consumer(agen))
  await sleep(25)
  task.cancel('enough')
  await wait([task])
  log(task.cancelled(), await anext(agen, 'over'))
})
