// A future whose cancel says no: the request is kept for the task's next step.

import { coroutine, createTask, Future, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

class Stubborn extends Future<string> {
  override cancel() {
    log('refuses')
    return false
  }
}

const child = coroutine(async (future: Future<string>) => {
  try {
    return await future
  } catch (error) {
    log('thrown', error)
    return 'cancelled after all'
  }
})

export const main = program(async () => {
  const future = new Stubborn()
  const task = createTask(child(future))
  await sleep(1)
  log(task.cancel(), future.cancelled())
  await sleep(1)
  log('still waiting', task.done())
  future.setResult('value')
  log(await task)
})
