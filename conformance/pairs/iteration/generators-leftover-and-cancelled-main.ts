// A main that is cancelled by a task of its own leaves a generator open: closed at the end all the same.

import {
  anext,
  asyncGenerator,
  coroutine,
  createTask,
  currentTask,
  getRunningLoop,
  sleep,
  type Task,
} from 'hocket'
import { log, program } from '../../src/harness.ts'

const ticker = asyncGenerator(async function* () {
  try {
    while (true) {
      yield 1
      await sleep(5)
    }
  } finally {
    await sleep(1)
    log('closed')
  }
})

const killer = coroutine(async (task: Task<unknown>) => {
  await sleep(12)
  log('cancel', task.cancel())
})

const agens: AsyncGenerator<number>[] = []

export const main = program(async () => {
  createTask(killer(currentTask() as Task<unknown>))
  const agen = ticker()
  agens.push(agen)
  while (true) {
    log(await anext(agen))
    if (getRunningLoop().time() >= 10) break
  }
  await sleep(100)
})
