// An error goes to the parent; `throw` raises inside the greenlet.

import { type Greenlet, greenlet } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(function* () {
  const failing = greenlet(function* () {
    log('failing')
    throw new RangeError('inside')
  })

  const careful = () => {
    const me: Greenlet = greenlet(function* () {
      try {
        yield* me.parent.switch('ready')
      } catch (error) {
        log('thrown in', error)
      }
      return 'handled'
    })
    return me
  }

  try {
    yield* failing.switch()
  } catch (error) {
    log('out came', error, failing.dead)
  }
  const second = careful()
  log(yield* second.switch())
  log(yield* second.throw(new TypeError('from main')), second.dead)
  const third = careful()
  try {
    yield* third.throw(new RangeError('before its start'))
  } catch (error) {
    log(error, third.dead)
  }
})
