// A worker that fails before its taskDone leaves join waiting for ever: a deadlock, unless somebody looks.

import { coroutine, createTask, FIRST_COMPLETED, Queue, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const worker = coroutine(async (queue: Queue<string>) => {
  const item = await queue.get()
  if (item === 'bad') throw new RangeError()
  queue.taskDone()
})

export const main = program(async () => {
  const queue = new Queue<string>()
  queue.putNowait('bad')
  const task = createTask(worker(queue))
  const joining = createTask(queue.join())
  const { done, pending } = await wait([task, joining], { returnWhen: FIRST_COMPLETED })
  log(done.has(task), task.exception(), pending.has(joining))
  await queue.join()
})
