// Who asks for a lock in each iteration around a release: always behind those that were there before.

import { coroutine, createTask, gather, Lock, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const worker = coroutine(async (lock: Lock, name: string, turns: number) => {
  for (let turn = 0; turn < turns; turn++) await sleep(0)
  log(name, 'asks', lock.locked())
  await using _held = await lock.acquire()
  log(name, 'has it')
})

export const main = program(async () => {
  const lock = new Lock()
  await lock.acquire()
  const tasks = ['a', 'b'].map((name) => createTask(worker(lock, name, 0)))
  tasks.push(...[1, 2, 3, 4, 5].map((n) => createTask(worker(lock, `late ${n}`, n))))
  await sleep(0)
  await sleep(0)
  lock.release()
  log('released')
  await gather(tasks)
})
