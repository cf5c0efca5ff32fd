// A notified waiter that is cancelled while it takes the lock again passes the wake-up on: none is lost.

import { Condition, coroutine, createTask, sleep, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const condition = new Condition()
  let state = 0

  const consumer = coroutine(async (name: string) => {
    await using _held = await condition.acquire()
    while (true) {
      await condition.waitFor(() => state !== 0)
      if (state < 0) return
      state -= 1
      log(name, 'takes one')
      condition.notifyAll()
    }
  })

  const tasks = ['a', 'b'].map((name) => createTask(consumer(name)))
  await sleep(0)
  {
    await using _held = await condition.acquire()
    state += 1
    condition.notify(1)
    await sleep(0)
    tasks[0]?.cancel()
    try {
      await timeout(10, async () => {
        await condition.waitFor(() => state === 0)
      })
      log('consumed')
    } catch {
      log('lost')
    }
    state = -1
    condition.notifyAll()
  }
  await tasks[1]
  log(tasks[0]?.cancelled())
})
