// Several units released at once go to the waiters in order, before anything that starts later runs.

import { coroutine, createTask, gather, Semaphore, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const semaphore = new Semaphore(0)
  const more: Task<void>[] = []

  const last = coroutine(async () => {
    log('last')
  })

  const first = coroutine(async () => {
    await semaphore.acquire()
    log('first', semaphore.locked())
    more.push(createTask(last()))
  })

  const second = coroutine(async () => {
    for (let n = 0; n < 3; n++) semaphore.release()
    log('released', semaphore.locked())
    await semaphore.acquire()
    log('second')
  })

  const third = coroutine(async () => {
    await semaphore.acquire()
    log('third', semaphore.locked())
  })

  const tasks = [first, second, third].map((main) => createTask(main()))
  await sleep(0)
  log(semaphore.locked())
  await sleep(0)
  await gather([...tasks, ...more])
  log(semaphore.locked())
})
