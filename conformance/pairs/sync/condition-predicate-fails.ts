// An error of the predicate goes to who waits, with the lock held, and the others wait on.

import { Condition, coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (condition: Condition, name: string, state: { value: string }) => {
  await using _held = await condition.acquire()
  try {
    const look = () => {
      if (state.value === name) throw new RangeError()
      return state.value === 'go'
    }

    log(name, await condition.waitFor(look))
  } catch (error) {
    log(name, error, condition.locked())
  }
})

export const main = program(async () => {
  const condition = new Condition()
  const state = { value: '' }
  const tasks = ['a', 'b', 'c'].map((name) => createTask(waiter(condition, name, state)))
  await sleep(1)
  for (const value of ['b', 'go']) {
    {
      await using _held = await condition.acquire()
      state.value = value
      condition.notifyAll()
    }
    await sleep(1)
    log(
      value,
      tasks.map((task) => task.done()),
      condition.locked(),
    )
  }
})
