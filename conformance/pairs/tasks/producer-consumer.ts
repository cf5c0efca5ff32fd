// Two tasks hand values over through a list and a future that is made anew each time.

import { coroutine, createTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const items: (number | null)[] = []
  let wake = loop.createFuture<void>()

  const produce = coroutine(async () => {
    for (let n = 0; n < 5; n++) {
      await sleep(n % 2 ? 0 : 3)
      items.push(n)
      log('put', n)
      if (!wake.done()) wake.setResult()
    }
    items.push(null)
    if (!wake.done()) wake.setResult()
  })

  const consume = coroutine(async () => {
    for (;;) {
      while (items.length === 0) {
        await wake
        wake = loop.createFuture<void>()
      }
      const item = items.shift()
      if (item === null) return 'end'
      log('took', item)
      await sleep(1)
    }
  })

  const producer = createTask(produce())
  log(await consume())
  await producer
})
