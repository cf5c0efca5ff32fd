// A plain function runs when it is called, a coroutine function only makes a coroutine.

import { coroutine } from 'hocket'
import { log, program } from '../../src/harness.ts'

const plain = (first: number, second: number) => {
  log(first)
  log(second)
}

const func1 = coroutine(async () => {
  log('func1')
})

export const main = program(async () => {
  plain(1, 2)
  plain(3, 4)
  const result = func1()
  log('nothing of func1 has run')
  await result
})
