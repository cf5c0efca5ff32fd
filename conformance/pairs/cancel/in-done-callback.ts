// A done callback that cancels another task; its order against the awaiter of the first.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, delay: number) => {
  try {
    await sleep(delay)
    return name
  } catch (error) {
    log(name, 'thrown')
    throw error
  }
})

export const main = program(async () => {
  const first = createTask(child('first', 5))
  const second = createTask(child('second', 50))
  first.addDoneCallback(() => log('cancel second', second.cancel()))
  log(await first, second.done())
  await sleep(0)
  log(second.done(), second.cancelled())
})
