// To ask an async generator for two values at once is a RuntimeError for the second, and no harm to the first.

import { anext, asyncGenerator, coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const slow = asyncGenerator(async function* () {
  for (let n = 0; n < 2; n++) {
    await sleep(5)
    yield n
  }
})

export const main = program(async () => {
  const agen = slow()

  const ask = coroutine(async () => await anext(agen))

  const first = createTask(ask())
  await sleep(1)
  for (const attempt of [ask, () => agen.aclose()]) {
    try {
      await attempt()
    } catch (error) {
      log(error)
    }
  }
  log(await first)
  log(await anext(agen))
})
