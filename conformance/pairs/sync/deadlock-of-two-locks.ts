// Two tasks that take two locks in opposite order wait for each other for ever.

import { coroutine, gather, Lock, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const worker = coroutine(async (name: string, first: Lock, second: Lock) => {
  await using _one = await first.acquire()
  log(name, 'has the first')
  await sleep(name.length)
  await using _two = await second.acquire()
  log('never')
})

export const main = program(async () => {
  const [one, two] = [new Lock(), new Lock()]
  await gather([worker('a', one, two), worker('bb', two, one)])
})
