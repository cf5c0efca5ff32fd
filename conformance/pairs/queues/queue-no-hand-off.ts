// An item belongs to nobody until it is taken: the woken getter may find the queue empty, and waits on.

import { coroutine, createTask, gather, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const getter = coroutine(async (queue: Queue<string>, name: string) => {
  log(name, 'asks')
  log(name, await queue.get())
})

export const main = program(async () => {
  const queue = new Queue<string>()
  const first = createTask(getter(queue, 'first'))
  const second = createTask(getter(queue, 'second'))
  await sleep(0)
  queue.putNowait('one')
  log('main', queue.getNowait())
  await sleep(1)
  log(first.done(), second.done())
  queue.putNowait('two')
  await sleep(1)
  queue.putNowait('three')
  await gather([first, second])
})
