// Two Task objects made at once, then awaited one after the other.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const func = coroutine(async () => {
  log(1)
  await sleep(2000)
  log(2)
  return '返回值'
})

export const main = program(async () => {
  log('main 开始')
  const task1 = createTask(func())
  const task2 = createTask(func())
  log('main 结束')
  const ret1 = await task1
  const ret2 = await task2
  log(ret1, ret2)
})
