// A program of generators driven to its end inside a step of a running loop.

import { coroutine, createTask, runSync, sleep } from 'hocket'
import { log, program, virtualLoop } from '../../src/harness.ts'

function* func(name: string) {
  for (let n = 0; n < 3; n++) {
    log(name, n)
    yield* sleep(0)
  }
  return name
}

const inner = coroutine(function* () {
  const tasks = ['a', 'b'].map((name) => createTask(func(name)))
  const results: string[] = []
  for (const task of tasks) results.push(yield* task)
  return results
})

export const main = program(async () => {
  log('outer')
  log(runSync(inner(), { loopFactory: virtualLoop }))
  await sleep(10)
  log('outer end')
})
