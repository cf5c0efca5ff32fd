// What cannot be done at once by putNowait and getNowait is an error, and changes nothing.

import { Queue } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const queue = new Queue<string>(1)
  try {
    queue.getNowait()
  } catch (error) {
    log(error)
  }
  queue.putNowait('a')
  try {
    queue.putNowait('b')
  } catch (error) {
    log(error)
  }
  log(queue.qsize(), queue.getNowait())
  const endless = new Queue<number>()
  for (let n = 0; n < 1000; n++) endless.putNowait(n)
  log(endless.full(), endless.qsize())
})
