// The exception handler is called with what it is given; one that fails does not stop the loop.

import { type ExceptionHandler, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()

  const handler: ExceptionHandler = (_loop, context) => {
    log('handler', context.message, context.exception)
    if (context.message === 'fail') throw new TypeError('in handler')
  }

  loop.setExceptionHandler(handler)
  log(loop.getExceptionHandler() === handler)
  loop.callExceptionHandler({ message: 'plain' })
  loop.callExceptionHandler({ message: 'error', exception: new RangeError('x') })
  loop.callExceptionHandler({ message: 'fail' })
  await sleep(1)
  log('goes on')
  loop.setExceptionHandler(null)
  log(loop.getExceptionHandler() === null)
})
