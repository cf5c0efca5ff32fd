// When the third of several resources cannot be opened, those before it are closed; popAll keeps them open.

import { asynccontextmanager, coroutine, exitStack, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const resource = asynccontextmanager(async function* (n: number) {
  await sleep(n)
  if (n === 3) throw new RangeError()
  try {
    yield n
  } finally {
    log('closes', n)
  }
})

const openAll = coroutine(
  async (numbers: number[]) =>
    await exitStack(async (stack) => {
      for (const n of numbers) log('opened', await stack.enterAsyncContext(resource(n)))
      return stack.popAll()
    }),
)

export const main = program(async () => {
  try {
    await openAll([1, 2, 3, 4])
  } catch (error) {
    log('caught', error)
  }
  const stack = await openAll([1, 2])
  log('still open')
  await stack?.aclose()
  await stack?.aclose()
})
