import { createTask, gather, run, sleep, TimeoutError } from 'hocket'
import { expect, test } from 'vitest'
import { connectTo, Site } from './support.ts'

/** A sequence that is the same at every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

test.each([1, 2, 3])(
  'cancels and timeouts at random lose nothing and mix nothing up (%i)',
  async (seed) => {
    await using site = await new Site().start()
    const random = numbers(seed)
    const count = 1000
    await run(async () => {
      await using ws = await connectTo(site)
      const other = site.last
      const sending = createTask(async () => {
        for (let i = 0; i < count; i += 1) {
          other.send(String(i))
          if (random.next().value < 0.2) await sleep(0)
          if (random.next().value < 0.02) await sleep(1)
        }
      })
      const seen: number[] = []
      let cancelled = 0
      while (seen.length < count) {
        const task = createTask(ws.receiveStr(random.next().value < 0.3 ? 0.5 : null))
        for (let steps = random.next().value * 4; steps > 1; steps -= 1) await sleep(0)
        if (random.next().value < 0.6) task.cancel()
        try {
          seen.push(Number(await task))
        } catch (error) {
          if (!task.cancelled() && !(error instanceof TimeoutError)) throw error
          cancelled += 1
        }
      }
      expect(seen).toEqual(Array.from({ length: count }, (_, i) => i))
      expect(cancelled).toBeGreaterThan(20)
      await gather([sending])
    })
  },
)
