// A resource that is opened and closed with awaits around a block.

import { coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const open = coroutine(async () => {
  await sleep(1000)
  log('open')
  return {
    doSomething: coroutine(async () => 666),
    close: coroutine(async (error: unknown) => {
      await sleep(1000)
      log('closed', error)
    }),
  }
})

type Connection = Awaited<ReturnType<typeof open>>

const withConnection = coroutine(async (body: (connection: Connection) => PromiseLike<void>) => {
  const connection = await open()
  let failure: unknown = null
  try {
    await body(connection)
  } catch (error) {
    failure = error
    throw error
  } finally {
    await connection.close(failure)
  }
})

export const main = program(async () => {
  await withConnection(
    coroutine(async (connection: Connection) => {
      log(await connection.doSomething())
    }),
  )
  try {
    await withConnection(
      coroutine(async () => {
        throw new RangeError('inside')
      }),
    )
  } catch (error) {
    log(error)
  }
})
