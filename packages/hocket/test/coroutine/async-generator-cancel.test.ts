import { CancelledError, coroutine, createTask, sleep, type Task } from 'hocket'
import { describe, expect, test } from 'vitest'
import { Log, type Ticker, tickers } from '../support/generators.ts'
import { runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

type Consumer = (agen: ReturnType<Ticker>, log: Log) => Task<unknown>

const consumers: [string, Consumer][] = [
  [
    'for await in an async function',
    (agen, log) =>
      createTask(
        async () => {
          try {
            for await (const tick of agen) {
              log.note(`got ${tick}`)
              await sleep(1)
            }
          } finally {
            log.note('left')
          }
        },
        { name: 'consumer' },
      ),
  ],
  [
    'yield* in a generator function',
    (agen, log) =>
      createTask(
        coroutine(function* () {
          try {
            for (;;) {
              const { done, value } = yield* agen.next()
              if (done === true) break
              log.note(`got ${value}`)
              yield* sleep(1)
            }
          } finally {
            yield* agen.aclose()
            log.note('left')
          }
        })(),
        { name: 'consumer' },
      ),
  ],
]

describe.each(tickers)('cancelling the consumer of %s', (_name, ticker: Ticker) => {
  describe.each(consumers)('by %s', (_by, start) => {
    // An await of the generator at 0 to 1, one of the consumer at 1 to 2, and so on; its clean-up at 3 to 5.
    test.each([0.5, 1.5, 2.5, 3.5])('at %s ms closes the generator in that task', async (time) => {
      const log = new Log()
      await runVirtual(async () => {
        const agen = ticker(log, 9)
        const task = start(agen, log)
        await sleep(time)
        task.cancel('enough')
        const error = await errorOf(task)
        expect(error).toBeInstanceOf(CancelledError)
        expect([(error as CancelledError).reason, task.cancelled()]).toEqual(['enough', true])
        expect(await agen.next()).toEqual({ done: true, value: undefined })
      })
      expect(log.lines.slice(-2)).toEqual([
        `${time + 2} closed (consumer)`,
        `${time + 2} left (consumer)`,
      ])
    })

    test('again while it is being closed cuts its clean-up short, and nothing hangs', async () => {
      const log = new Log()
      await runVirtual(async () => {
        const agen = ticker(log, 9)
        const task = start(agen, log)
        await sleep(0.5)
        task.cancel('first')
        await sleep(1)
        task.cancel('second')
        expect(await errorOf(task)).toMatchObject({ reason: 'second' })
        expect(task.cancelled()).toBe(true)
        expect(await agen.next()).toEqual({ done: true, value: undefined })
      })
      expect(log.lines).toEqual(['1.5 left (consumer)'])
    })

    test('at every moment of its life leaves nothing running and nothing open', async () => {
      for (let moment = 0; moment < 12; moment += 1) {
        const loop = virtualLoop()
        const messages: string[] = []
        loop.setExceptionHandler((_loop, { message }) => messages.push(message))
        const log = new Log()
        const ended = await runVirtual(async () => {
          const agen = ticker(log, 2)
          const task = start(agen, log)
          for (let step = 0; step < moment; step += 1) await sleep(step % 3 === 0 ? 1 : 0)
          task.cancel()
          await task.then(
            () => {},
            () => {},
          )
          return [task.done(), (await agen.next()).done]
        }, loop)
        // Before its first step it never ran, and the generator was not begun.
        expect(ended).toEqual([true, moment > 0])
        expect(messages).toEqual([])
      }
    })
  })

  test('before the first step of a task of next() leaves the generator as it is', async () => {
    const log = new Log()
    await runVirtual(async () => {
      const agen = ticker(log, 1)
      const task = createTask(agen.next())
      task.cancel()
      await errorOf(task)
      expect(await agen.next()).toEqual({ done: false, value: 1 })
      await agen.aclose()
    })
  })

  test('the generator may catch it and go on', async () => {
    await runVirtual(async () => {
      const log = new Log()
      const agen = ticker(log, 1)
      await agen.next()
      const task = createTask(async () => {
        try {
          await agen.aclose()
        } catch (error) {
          return (error as Error).name
        }
        return 'closed'
      })
      await sleep(1)
      task.cancel()
      expect(await task).toBe('CancelledError')
    })
  })
})
