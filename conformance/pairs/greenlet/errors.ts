// An error goes to the parent; `throw` raises inside the greenlet.

import { type Greenlet, greenlet } from 'hocket'
import { log, program } from '../../src/harness.ts'

// Ordinary code enters by `resume`; what it is in Python is the body of an outer greenlet here.
export const main = program(async () => {
  const outer: Greenlet = greenlet(function* () {
    const failing = greenlet(function* () {
      log('failing')
      throw new RangeError('inside')
    })

    const careful = () =>
      greenlet(function* () {
        try {
          yield* outer.switch('ready')
        } catch (error) {
          log('thrown in', error)
        }
        return 'handled'
      })

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

  outer.resume()
})
