// A task that awaits itself gets a RuntimeError at that await.

import { coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child: () => PromiseLike<string> = coroutine(async () => {
  await sleep(0)
  try {
    await currentTask()
  } catch (error) {
    log('caught', error)
  }
  await sleep(1)
  return 'went on'
})

export const main = program(async () => {
  log(await createTask(child))
  await currentTask()
})
