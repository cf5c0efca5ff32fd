// A gather whose children are all done refuses a cancel, although it has not heard of their ends yet.

import { allTasks, coroutine, currentTask, gather, getRunningLoop, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const future = loop.createFuture<number>()

  const child = coroutine(async () => await future)

  const gathered = gather([child()])
  await sleep(0)
  const task = [...allTasks()].find((task) => task !== currentTask()) as Task<number>

  const onDone = () => {
    log('child done', task.done(), gathered.cancel())
  }

  task.addDoneCallback(onDone)
  future.addDoneCallback(() => log('future done', task.done()))
  future.setResult(42)
  log(await gathered, gathered.cancelled())
})
