import { type Coroutine, cancelScope, coroutine } from 'hocket'
import { StalledError } from '../errors/errors.ts'
import { type Answer, ask } from './ask.ts'
import type { Job } from './job.ts'

/**
 * Asks for the job's file, with some more headers. While its body is read, the answer is closed when
 * the network stalls.
 *
 * @throws {@link StalledError} if no answer comes for too long
 */
export const openAnswer: (job: Job, more: Readonly<Record<string, string>>) => Coroutine<Answer> =
  coroutine(function* openAnswer(job: Job, more: Readonly<Record<string, string>>) {
    const { session, settings, clock } = job.run
    let complaint = ''
    const answer = yield* cancelScope(function* (scope) {
      const watch = clock.watch((message) => {
        complaint = message
        scope.cancel(message)
      })
      try {
        watch.waiting()
        const { maxRedirects } = settings
        return yield* ask(session, job.url, { headers: { ...job.headers, ...more }, maxRedirects })
      } finally {
        watch.stop()
      }
    })
    if (answer === undefined) throw new StalledError(complaint, { url: job.finalUrl })
    answer.watchBy(clock)
    return answer
  })
