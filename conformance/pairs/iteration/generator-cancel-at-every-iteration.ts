// A consumer cancelled in each iteration of its loop: what it got, and what the generator did.

import { asyncGenerator, coroutine, createTask, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const ticker = asyncGenerator(async function* () {
  try {
    for (let n = 0; n < 3; n++) {
      await sleep(0)
      yield n
    }
  } catch (error) {
    log('inside')
    throw error
  } finally {
    log('finally')
  }
})

const consumer = coroutine(async (agen: AsyncGenerator<number>) => {
  const got: number[] = []
  try {
    for await (const n of agen) {
      got.push(n)
      await sleep(0)
    }
  } finally {
    log('got', got)
  }
})

export const main = program(async () => {
  for (let turns = 0; turns < 10; turns++) {
    const task = createTask(consumer(ticker()))
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, task.cancel())
    await wait([task])
    log(task.cancelled())
  }
})
