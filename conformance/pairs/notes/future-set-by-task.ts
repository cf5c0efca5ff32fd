// A future without a task of its own is done when somebody sets its result.

import { coroutine, type Future, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const setAfter = coroutine(async (fut: Future<string>) => {
  await sleep(2000)
  fut.setResult('ok')
})

export const main = program(async () => {
  const loop = getRunningLoop()
  const fut = loop.createFuture<string>()
  await loop.createTask(setAfter(fut))
  const data = await fut
  log(data)
})
