// A switch hands a value over; the end of a greenlet hands its result to its parent.

import { type Greenlet, greenlet } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(function* () {
  const child: Greenlet = greenlet(function* (first: string) {
    log('got', first)
    let value = yield* child.parent.switch('one')
    log('got', value)
    value = yield* child.parent.switch('two')
    log('got', value)
    return 'result'
  })

  log(yield* child.switch('a'))
  log(yield* child.switch('b'), child.dead)
  log(yield* child.switch('c'), child.dead)
  log(yield* child.switch('to the dead'))
})
