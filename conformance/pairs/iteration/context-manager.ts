// A context manager out of a generator: the error of the body comes at its yield, and may stop there or change.

import { asynccontextmanager, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const transaction = asynccontextmanager(async function* (how: string) {
  await sleep(1)
  log('begin', how)
  try {
    yield how
    log('commit')
  } catch (error) {
    log('roll back', error)
    if (how === 'change') throw new TypeError()
    if (how === 'pass') throw error
  } finally {
    await sleep(1)
    log('end')
  }
})

export const main = program(async () => {
  await transaction('well').run(async (value) => log('body', value))
  for (const how of ['swallow', 'change', 'pass']) {
    try {
      await transaction(how).run(async () => {
        throw new RangeError()
      })
      log('no error')
    } catch (error) {
      log('caught', error)
    }
  }
})
