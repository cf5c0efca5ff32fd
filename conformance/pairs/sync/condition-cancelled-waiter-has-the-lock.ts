// A waiter that is cancelled takes the lock again before the error goes on, however long that takes.

import { Condition, coroutine, createTask, sleep, wait } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const waiter = coroutine(async (condition: Condition) => {
  await using _held = await condition.acquire()
  try {
    await condition.wait()
  } catch (error) {
    log('cancelled', condition.locked(), reason(error))
    throw error
  }
})

export const main = program(async () => {
  const condition = new Condition()
  for (const hold of [false, true]) {
    const task = createTask(waiter(condition))
    await sleep(1)
    if (hold) await condition.acquire()
    task.cancel('first')
    await sleep(5)
    if (hold) {
      log('second', task.done(), task.cancel('second'))
      await sleep(5)
      log('third', task.done(), task.cancel('third'))
      condition.release()
    }
    await wait([task])
    log(task.cancelled(), condition.locked(), task.cancelling())
  }
})
