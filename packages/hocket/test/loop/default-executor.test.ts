import { VirtualHost } from '@hocket/testing'
import { expect, test } from 'vitest'
import {
  type ConcurrentFuture,
  createTask,
  EventLoop,
  getRunningLoop,
  RuntimeError,
  run,
  sleep,
} from '../../src/index.ts'

/** A call that the test completes by hand. */
class Call<T> implements ConcurrentFuture<T> {
  readonly log: string[]
  #callbacks: (() => unknown)[] = []
  #outcome: (() => T) | null = null
  #isCancelled = false

  constructor(log: string[]) {
    this.log = log
  }

  addDoneCallback(callback: () => unknown): void {
    if (this.#outcome === null) this.#callbacks.push(callback)
    else callback()
  }

  cancel(): boolean {
    this.log.push('cancel')
    this.#isCancelled = true
    return true
  }

  cancelled(): boolean {
    return this.#isCancelled
  }

  resultSync(): T {
    return (this.#outcome as () => T)()
  }

  complete(outcome: () => T): void {
    this.#outcome = outcome
    for (const callback of this.#callbacks) callback()
  }
}

class Hand {
  readonly log: string[] = []
  readonly calls: Call<unknown>[] = []
  readonly end: Call<void> = new Call<void>(this.log)

  submit(fn: (...args: never[]) => unknown, ...args: unknown[]): Call<never> {
    this.log.push(`submit ${fn.name} ${args.join(' ')}`)
    const call = new Call<unknown>(this.log)
    this.calls.push(call)
    return call as Call<never>
  }

  shutdown({ wait = true } = {}): Call<void> {
    this.log.push(wait ? 'shutdown' : 'shutdown without waiting')
    if (this.calls.length === 0) this.end.complete(() => {})
    return this.end
  }
}

const onVirtualTime = { loopFactory: () => new EventLoop({ host: new VirtualHost() }) }
const double = (x: number) => 2 * x

test('a call is submitted at once, and its outcome comes in the next iteration', async () => {
  const hand = new Hand()
  await run(async () => {
    const loop = getRunningLoop()
    const future = loop.runInExecutor(hand, double, 2)
    expect(hand.log).toEqual(['submit double 2'])
    hand.calls[0]?.complete(() => 4)
    expect(future.done()).toBe(false)
    await sleep(0)
    expect(future.done()).toBe(true)
    expect(await future).toBe(4)
    const failing = loop.runInExecutor(hand, double, 3)
    hand.calls[1]?.complete(() => {
      throw new RangeError('no')
    })
    await expect(Promise.resolve(failing)).rejects.toThrow(RangeError)
  }, onVirtualTime)
})

test('cancelling the future asks the executor an iteration later, and drops what comes', async () => {
  const hand = new Hand()
  await run(async () => {
    const future = getRunningLoop().runInExecutor(hand, double, 2)
    future.cancel()
    expect(hand.log).toEqual(['submit double 2'])
    await sleep(0)
    expect(hand.log).toEqual(['submit double 2', 'cancel'])
    hand.calls[0]?.complete(() => 4)
    await sleep(0)
    expect(future.cancelled()).toBe(true)
  }, onVirtualTime)
})

test('virtual time stands still while a call is under way', async () => {
  const hand = new Hand()
  await run(async () => {
    const loop = getRunningLoop()
    const sleeper = createTask(sleep(1_000))
    setImmediate(() => setImmediate(() => hand.calls[0]?.complete(() => 4)))
    await loop.runInExecutor(hand, double, 2)
    expect(loop.time()).toBe(0)
    await sleeper
    expect(loop.time()).toBe(1_000)
  }, onVirtualTime)
})

test('run() shuts the default executor down, and waits for its calls', async () => {
  const hand = new Hand()
  const ended = run(async () => {
    const loop = getRunningLoop()
    loop.setDefaultExecutor(hand)
    void loop.runInExecutor(null, double, 1)
  }, onVirtualTime)
  let isOver = false
  const over = ended.then(() => (isOver = true))
  while (!hand.log.includes('shutdown')) await new Promise(setImmediate)
  expect(isOver).toBe(false)
  hand.end.complete(() => {})
  await over
})

test('an executor that does not end in its time is reported and left', async () => {
  const hand = new Hand()
  hand.submit(double)
  const messages: string[] = []
  await run(async () => {
    const loop = getRunningLoop()
    loop.setExceptionHandler((_loop, { message }) => messages.push(message))
    loop.setDefaultExecutor(hand)
    await loop.shutdownDefaultExecutor(5)
    expect(() => loop.runInExecutor(null, double, 1)).toThrow(RuntimeError)
    // The end of the run asks once more.
    hand.end.complete(() => {})
  })
  expect(messages).toEqual([
    'the default executor did not end within 5 ms: a call of it still runs',
  ])
  expect(hand.log).toContain('shutdown without waiting')
})

test('without an executor the error says where one comes from', async () => {
  await run(async () => {
    const loop = getRunningLoop()
    expect(() => loop.runInExecutor(null, double, 1)).toThrow("import '@hocket/executors'")
    expect(() => loop.setDefaultExecutor({} as never)).toThrow(TypeError)
    expect(() => loop.runInExecutor(null, 'double' as never)).toThrow(TypeError)
  }, onVirtualTime)
})
