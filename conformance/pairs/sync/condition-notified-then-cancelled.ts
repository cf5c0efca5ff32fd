// A waiter cancelled in any iteration around its notification: the other one is woken in its place, or not at all.

import { Condition, coroutine, createTask, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (condition: Condition, name: string) => {
  try {
    await using _held = await condition.acquire()
    await condition.wait()
    log(name, 'woken')
  } catch (error) {
    log(name, 'cancelled', condition.locked())
    throw error
  }
})

export const main = program(async () => {
  for (const [before, after] of [
    [1, 0],
    [0, 0],
    [0, 1],
    [0, 2],
    [0, 3],
  ] as const) {
    log('case', before, after)
    const condition = new Condition()
    const tasks = ['a', 'b'].map((name) => createTask(waiter(condition, name)))
    await sleep(0)
    await sleep(0)
    if (before > 0) tasks[0]?.cancel()
    {
      await using _held = await condition.acquire()
      condition.notify()
    }
    for (let turn = 0; turn < after; turn++) await sleep(0)
    if (before === 0) log(tasks[0]?.cancel())
    await sleep(1)
    log(
      tasks.map((task) => task.done()),
      condition.locked(),
    )
    tasks[1]?.cancel()
    await wait(tasks)
  }
})
