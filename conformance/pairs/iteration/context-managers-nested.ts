// Managers inside each other: the inner one ends first, and its error is what the outer one sees.

import { asynccontextmanager, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const manager = asynccontextmanager(async function* (name: string, fails: boolean) {
  log(name, 'enter')
  try {
    yield name
  } catch (error) {
    log(name, 'sees', error)
    if (fails) throw new TypeError()
    throw error
  } finally {
    await sleep(1)
    log(name, 'exit')
  }
})

export const main = program(async () => {
  for (const fails of [false, true]) {
    try {
      await manager('outer', false).run(async (outer) => {
        await manager('inner', fails).run(async (inner) => {
          log(outer, inner)
          await sleep(1)
          throw new RangeError()
        })
      })
    } catch (error) {
      log('caught', error)
    }
  }
  await manager('outer', false).run(async (outer) => {
    log(outer, await sleep(1, 'value'))
  })
})
