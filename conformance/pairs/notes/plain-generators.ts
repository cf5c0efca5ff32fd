// Generators that delegate to each other, without any loop: 1 3 4 2.

import { log, program } from '../../src/harness.ts'

function* func1() {
  yield 1
  yield* func2()
  yield 2
}

function* func2() {
  yield 3
  yield 4
}

export const main = program(async () => {
  for (const item of func1()) log(item)
})
