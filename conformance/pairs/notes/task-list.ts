// A list of tasks awaited together with `wait`: the finished and the pending.

import { coroutine, createTask, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const func = coroutine(async () => {
  log(1)
  await sleep(2000)
  log(2)
  return '返回值'
})

export const main = program(async () => {
  log('main 开始')
  const taskList = [createTask(func()), createTask(func())]
  log('main 结束')
  const { done, pending } = await wait(taskList)
  log(
    [...done].map((task) => task.result()),
    pending.size,
  )
})
