import {
  coroutine,
  createTask,
  currentTask,
  EventLoop,
  getEventLoop,
  getRunningLoop,
  newEventLoop,
  RuntimeError,
  run,
  setEventLoop,
  sleep,
} from 'hocket'
import { afterEach, describe, expect, test } from 'vitest'
import { runVirtual, virtualLoop } from '../support/loop.ts'
import { outcomeAfter } from '../support/turns.ts'

afterEach(() => setEventLoop(null))

describe('outside any task', () => {
  test('an awaited coroutine becomes a task of the default loop', async () => {
    const whoAmI = coroutine(async () => {
      await sleep(0)
      return [currentTask()?.getName(), currentTask()?.getLoop() === getEventLoop()]
    })
    const [[name, isDefault], [otherName]] = [await whoAmI(), await whoAmI()]
    expect([name, isDefault]).toEqual([expect.stringMatching(/^Task-\d+$/), true])
    expect(otherName).not.toBe(name)
    expect(currentTask()).toBe(null)
  })

  test('the same in the generator spelling', async () => {
    const isDefault = coroutine(function* () {
      yield* sleep(0)
      return currentTask()?.getLoop() === getEventLoop()
    })
    expect(await isDefault()).toBe(true)
  })

  test('an error arrives at the await, and nothing is reported', async () => {
    const failing = coroutine(async () => {
      await sleep(0)
      throw new RangeError('failed')
    })
    await expect(failing()).rejects.toThrow('failed')
  })

  test('a second await of one coroutine is an error', async () => {
    const call = sleep(0, 'once')
    expect(await call).toBe('once')
    await expect(call).rejects.toMatchObject({ code: 'ERR_COROUTINE_REUSED' })
  })

  test('createTask and getRunningLoop need a loop', () => {
    const call = sleep(1)
    expect(() => createTask(call)).toThrow(RuntimeError)
    expect(() => getRunningLoop()).toThrow('no running event loop: call this inside run()')
    expect(() => getRunningLoop()).toThrow(expect.objectContaining({ code: 'ERR_NO_RUNNING_LOOP' }))
    // The refusal has not used the coroutine up.
    expect(String(call)).toBe('<coroutine sleep not begun>')
    call.close()
  })
})

describe('getEventLoop', () => {
  test('gives the same loop each time, which runs by itself', async () => {
    const loop = getEventLoop()
    expect(getEventLoop() === loop).toBe(true)
    expect(loop.isRunning()).toBe(true)
    const called = new Promise((resolve) => {
      loop.callSoon(resolve, 'called')
    })
    expect(await called).toBe('called')
  })

  test('gives the running loop inside one, in tasks and in callbacks', async () => {
    const loop = virtualLoop()
    const seen: EventLoop[] = []
    await runVirtual(async () => {
      seen.push(getEventLoop())
      loop.callSoon(() => seen.push(getEventLoop(), getRunningLoop()))
      await sleep(1)
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      seen.push(getEventLoop(), getRunningLoop())
    }, loop)
    expect(seen.map((each) => each === loop)).toEqual([true, true, true, true, true])
  })

  test('gives the loop that was set, and the built-in one again after null', async () => {
    const mine = newEventLoop()
    const builtIn = getEventLoop()
    setEventLoop(mine)
    const seen = [getEventLoop() === mine]
    await run(async () => {
      seen.push(getEventLoop() === mine)
    })
    setEventLoop(null)
    seen.push(getEventLoop() === mine, builtIn === mine)
    expect(seen).toEqual([true, false, false, false])
    mine.close()
  })

  test('makes a new loop in place of one that is closed', () => {
    const mine = newEventLoop()
    setEventLoop(mine)
    mine.close()
    expect(getEventLoop() === mine).toBe(false)
    expect(getEventLoop().isClosed()).toBe(false)
  })

  test('goes on after a stop() of the built-in loop', async () => {
    getEventLoop().stop()
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    expect(await outcomeAfter(sleep(0))).toBe('fulfilled')
  })
})

test.each([
  [{}, 'object'],
  ['loop', 'string'],
  [undefined, 'undefined'],
])('setEventLoop(%o) is refused', (value, got) => {
  expect(() => setEventLoop(value as never)).toThrow(
    new TypeError(`setEventLoop expected an EventLoop or null, got ${got}`),
  )
})

test('newEventLoop gives a new loop that does not run', () => {
  const [one, two] = [newEventLoop(), newEventLoop()]
  expect(one).toBeInstanceOf(EventLoop)
  expect(one).not.toBe(two)
  expect([one.isRunning(), one.isClosed()]).toEqual([false, false])
  one.close()
  two.close()
})
