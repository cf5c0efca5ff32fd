// An exit that gives true swallows the error, one that throws replaces it, and the exits after see what is left.

import { coroutine, exitStack, RuntimeError } from 'hocket'
import { log, program } from '../../src/harness.ts'

interface Does {
  gives?: boolean
  throws?: Error
}

const seen = (name: string, { gives, throws }: Does = {}) =>
  coroutine(async (error: unknown) => {
    log(name, error)
    if (throws !== undefined) throw throws
    return gives
  })

const attempt = coroutine(async (...exits: ReturnType<typeof seen>[]) => {
  let hasEnded = false
  try {
    await exitStack(async (stack) => {
      for (const leave of exits) stack.pushAsyncExit((error) => leave(error))
      throw new RangeError()
    })
    hasEnded = true
  } catch (error) {
    log('caught', error)
  }
  if (hasEnded) log('no error')
})

export const main = program(async () => {
  await attempt(seen('a'), seen('b', { gives: true }), seen('c'))
  await attempt(seen('a'), seen('b', { throws: new TypeError() }), seen('c'))
  await attempt(seen('a', { gives: true }), seen('b', { throws: new TypeError() }))
  await attempt(seen('a', { throws: new RuntimeError('') }), seen('b', { gives: true }))
})
