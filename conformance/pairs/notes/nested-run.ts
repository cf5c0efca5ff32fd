// A run inside a running loop, as nest_asyncio allows it: the inner program has a loop of its own.

import { coroutine, createTask, run, sleep } from 'hocket'
import { log, program, virtualLoop } from '../../src/harness.ts'

const func = coroutine(async (n: number) => {
  log('inner', n)
  await sleep(2000 + n)
  log('inner', n, 'end')
  return n
})

const inner = coroutine(async () => {
  const tasks = [0, 1].map((n) => createTask(func(n)))
  const results: number[] = []
  for (const task of tasks) results.push(await task)
  return results
})

export const main = program(async () => {
  log('outer')
  await sleep(10)
  log('result', await run(inner(), { loopFactory: virtualLoop }))
  await sleep(10)
  log('outer end')
})
