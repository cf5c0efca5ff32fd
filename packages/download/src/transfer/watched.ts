import { type Coroutine, cancelScope, coroutine } from 'hocket'
import { StalledError } from '../errors/errors.ts'
import type { StallWatch } from '../network/stall-watch.ts'
import type { Job } from './job.ts'
import type { Steps } from './steps.ts'

/**
 * Runs a body that reads from the network, and ends it when the network stalls.
 *
 * @throws {@link StalledError} if nothing came for too long, or too little
 */
export const watched: <T>(job: Job, body: (watch: StallWatch) => Steps<T>) => Coroutine<T> =
  coroutine(function* watched<T>(job: Job, body: (watch: StallWatch) => Steps<T>) {
    let complaint = ''
    const outcome = yield* cancelScope(function* (scope) {
      const watch = job.run.clock.watch((message) => {
        complaint = message
        scope.cancel(message)
      })
      try {
        return { value: yield* body(watch) }
      } finally {
        watch.stop()
      }
    })
    if (outcome === undefined) throw new StalledError(complaint, { url: job.finalUrl })
    return outcome.value
  }) as never
