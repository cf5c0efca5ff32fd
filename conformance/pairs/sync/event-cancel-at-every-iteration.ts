// A waiter cancelled in each iteration around the setting of its event.

import { coroutine, createTask, Event, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (event: Event, name: string) => {
  try {
    await event.wait()
    log(name, 'goes on')
  } catch (error) {
    log(name, 'cancelled')
    throw error
  }
})

export const main = program(async () => {
  for (let turns = 0; turns < 3; turns++) {
    const event = new Event()
    const tasks = ['a', 'b'].map((name) => createTask(waiter(event, name)))
    await sleep(0)
    event.set()
    event.clear()
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, tasks[0]?.cancel())
    await sleep(1)
    log(tasks.map((task) => task.cancelled()))
  }
})
