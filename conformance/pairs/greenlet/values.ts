// A switch hands a value over; the end of a greenlet hands its result to its parent.

import { type Greenlet, greenlet } from 'hocket'
import { log, program } from '../../src/harness.ts'

// Ordinary code enters by `resume`; what it is in Python is the body of an outer greenlet here.
export const main = program(async () => {
  const outer: Greenlet = greenlet(function* () {
    const child: Greenlet = greenlet(function* (first: string) {
      log('got', first)
      let value = yield* outer.switch('one')
      log('got', value)
      value = yield* outer.switch('two')
      log('got', value)
      return 'result'
    })

    log(yield* child.switch('a'))
    log(yield* child.switch('b'), child.dead)
    log(yield* child.switch('c'), child.dead)
    log(yield* child.switch('to the dead'))
  })

  outer.resume()
})
