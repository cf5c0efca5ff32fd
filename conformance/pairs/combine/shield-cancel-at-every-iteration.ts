// A task cancelled in each iteration of a shield: the inner task always ends by itself.

import { coroutine, createTask, shield, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const inner = coroutine(async (turns: number) => {
  for (let turn = 0; turn < turns; turn++) await sleep(0)
  log('inner ends')
  return 'value'
})

const outer = coroutine(async (turns: number) => await shield(inner(turns)))

export const main = program(async () => {
  for (let turns = 0; turns < 6; turns++) {
    const task = createTask(outer(1))
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, task.cancel())
    try {
      log(await task)
    } catch (error) {
      log(error, task.cancelled())
    }
    await sleep(1)
  }
})
