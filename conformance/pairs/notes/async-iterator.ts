// An object whose `__anext__` awaits, read by `async for`.

import { coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const reader = () => {
  let count = 0

  const readline = coroutine(async () => {
    count++
    if (count === 10) return null
    await sleep(count % 3)
    return count
  })

  const next = coroutine(async () => {
    const value = await readline()
    if (value === null) return { done: true as const, value: undefined }
    return { done: false as const, value }
  })

  // `for await` takes any thenable, its type asks for a native promise.
  const iterator = { next } as unknown as AsyncIterator<number>
  return { [Symbol.asyncIterator]: () => iterator }
}

export const main = program(async () => {
  for await (const item of reader()) {
    if (item === 4) continue
    log(item)
  }
  for await (const item of reader()) {
    if (item === 2) break
    log('again', item)
  }
})
