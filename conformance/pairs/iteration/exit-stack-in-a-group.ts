// Resources of a group's children in exit stacks of their own: a failing sibling has them all closed.

import { asynccontextmanager, coroutine, exitStack, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const connection = asynccontextmanager(async function* (name: string) {
  await sleep(1)
  log('open', name)
  try {
    yield name
  } finally {
    await sleep(name.length)
    log('closed', name)
  }
})

const child = coroutine(async (names: string[], delay: number) => {
  await exitStack(async (stack) => {
    for (const name of names) await stack.enterAsyncContext(connection(name))
    await sleep(delay)
    throw new RangeError()
  })
})

export const main = program(async () => {
  try {
    await taskGroup(async (group) => {
      group.createTask(child(['a', 'bb'], 10))
      await sleep(0.5)
      group.createTask(child(['ccc', 'dddd', 'eeeee'], 50))
    })
  } catch (error) {
    log(error)
  }
})
