// A cancel of the body comes at the yield of a context manager, which may await in its clean-up.

import { asynccontextmanager, coroutine, createTask, sleep, timeout, wait } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const resource = asynccontextmanager(async function* () {
  try {
    yield
  } catch (error) {
    log('inside', reason(error))
    throw error
  } finally {
    await sleep(5)
    log('closed')
  }
})

const worker = coroutine(async () => {
  await resource().run(async () => await sleep(100))
})

export const main = program(async () => {
  const task = createTask(worker())
  await sleep(10)
  task.cancel('enough')
  await wait([task])
  log(task.cancelled())
  try {
    await timeout(10, async () => {
      await resource().run(async () => await sleep(100))
    })
  } catch (error) {
    log(error)
  }
})
