// Generators that are open when run ends are closed by it, in tasks of their own, after the tasks that were left.

import { anext, asyncGenerator, coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const ticker = asyncGenerator(async function* (name: string, delay: number) {
  try {
    while (true) {
      await sleep(1)
      yield name
    }
  } finally {
    log(name, 'closing')
    await sleep(delay)
    log(name, 'closed')
  }
})

const leftover = coroutine(async () => {
  try {
    await sleep(1000)
  } finally {
    await sleep(2)
    log('task ends')
  }
})

const agens: AsyncGenerator<string>[] = []

export const main = program(async () => {
  createTask(leftover())
  for (const [name, delay] of [
    ['a', 30],
    ['b', 10],
    ['c', 20],
  ] as const) {
    const agen = ticker(name, delay)
    agens.push(agen)
    log(await anext(agen))
  }
  agens.push(ticker('never begun', 5))
  return 'result'
})
