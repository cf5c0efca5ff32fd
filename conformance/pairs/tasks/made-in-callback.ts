// Tasks made in callbacks of the loop and of other tasks start one iteration later.

import { coroutine, getRunningLoop, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, delay: number) => {
  log('start', name)
  await sleep(delay)
  return name
})

export const main = program(async () => {
  const loop = getRunningLoop()
  const made: Task<string>[] = []

  const spawn = (name: string, delay: number) => {
    log('spawn', name)
    made.push(loop.createTask(child(name, delay)))
  }

  loop.callSoon(spawn, 'soon', 2)
  loop.callLater(5, spawn, 'later', 3)
  const task = loop.createTask(child('own', 1))
  task.addDoneCallback((done) => spawn(`after ${done.result()}`, 2.5))
  await sleep(10)
  for (const each of made) log(each.result())
})
