// A cancel that comes while a generator is being closed cuts its clean-up short, and goes on from there.

import { anext, asyncGenerator, coroutine, createTask, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const ticker = asyncGenerator(async function* () {
  try {
    yield 1
  } finally {
    try {
      await sleep(10)
      log('cleaned up')
    } catch (error) {
      log('cut short', reason(error))
      // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
      throw error
    }
  }
})

const consumer = coroutine(async (agen: AsyncGenerator<number>) => {
  log(await anext(agen))
  await agen.return(undefined)
})

export const main = program(async () => {
  const agen = ticker()
  const task = createTask(consumer(agen))
  await sleep(5)
  task.cancel('enough')
  try {
    await task
  } catch (error) {
    log('main', reason(error))
  }
  log(await anext(agen, 'over'))
})
