// A token goes round a ring of greenlets until it is used up.

import { type Greenlet, greenlet } from 'hocket'
import { log, program } from '../../src/harness.ts'

// Ordinary code enters by `resume`; what it is in Python is the body of an outer greenlet here.
export const main = program(async () => {
  const outer: Greenlet = greenlet(function* () {
    const ring: Greenlet[] = []

    const station = (n: number) =>
      function* (token: number) {
        while (token) {
          log('station', n, token)
          token = (yield* (ring[(n + 1) % 3] as Greenlet).switch(token - 1)) as number
        }
        return ['stopped at', n]
      }

    for (let n = 0; n < 3; n++) ring.push(greenlet(station(n)))
    log(yield* (ring[0] as Greenlet).switch(7))
    log(ring.map((each) => each.dead))
  })

  outer.resume()
})
