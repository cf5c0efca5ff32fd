import { coroutine, createTask, getRunningLoop, shield, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'
import { spellings } from './spellings.ts'

const later = coroutine(function* (delay: number) {
  return yield* sleep(delay, `${delay} ms`)
})
const fails = coroutine(async (delay: number) => {
  await sleep(delay)
  throw new RangeError('inner')
})

describe.each(spellings)('shield behind %s', (_name, played) => {
  test('gives what is inside gives', async () => {
    expect(await played(() => shield(later(5)))).toBe('5 ms')
    expect(await played(() => shield(async () => 'function'))).toBe('function')
    expect(await played(() => shield(createTask(later(1))))).toBe('1 ms')
  })

  test('throws what is inside throws', async () => {
    expect(await errorOf(played(() => shield(fails(5))))).toEqual(new RangeError('inner'))
  })
})

test('the caller gets its cancellation, and what is inside runs on', async () => {
  const loop = virtualLoop()
  const seen = await runVirtual(async () => {
    const inner = createTask(later(50))
    const caller = createTask(async () => await shield(inner))
    await sleep(10)
    caller.cancel('go')
    const error = await errorOf(caller)
    const time = loop.time()
    return [error.name, time, caller.cancelled(), inner.cancelling(), await inner, loop.time()]
  }, loop)
  expect(seen).toEqual(['CancelledError', 10, true, 0, '50 ms', 50])
})

test('a coroutine inside runs on, held by the loop', async () => {
  let isDone = false
  await runVirtual(async () => {
    const inner = coroutine(async () => {
      await sleep(50)
      isDone = true
    })
    const caller = createTask(async () => await shield(inner()))
    await sleep(10)
    caller.cancel()
    await sleep(100)
  })
  expect(isDone).toBe(true)
})

test('whoever cancels the inner cancels the shield, with the reason', async () => {
  const seen = await runVirtual(async () => {
    const inner = createTask(later(50))
    const outer = shield(inner)
    await sleep(1)
    inner.cancel('inside')
    const error = await errorOf(outer)
    return [error.name, (error as { reason?: unknown }).reason, outer.cancelled()]
  })
  expect(seen).toEqual(['CancelledError', 'inside', true])
})

test('what is done is given back', async () => {
  await runVirtual(async () => {
    const future = getRunningLoop().createFuture<number>()
    future.setResult(1)
    expect(shield(future)).toBe(future)
  })
})

test('an error that comes after the caller has gone is reported', async () => {
  const loop = virtualLoop()
  const reports = collectReports(loop)
  await runVirtual(async () => {
    const caller = createTask(async () => await shield(fails(50)))
    await sleep(10)
    caller.cancel()
    await sleep(100)
  }, loop)
  expect(reports.map((report) => report.message)).toEqual([
    expect.stringContaining('was never retrieved'),
  ])
})

test('one that comes in the iteration of the cancellation counts as looked at', async () => {
  const loop = virtualLoop()
  const reports = collectReports(loop)
  await runVirtual(async () => {
    const inner = loop.createFuture<void>()
    const outer = shield(inner)
    inner.setException(new Error('at once'))
    outer.cancel()
    await sleep(1)
    expect(outer.cancelled()).toBe(true)
  }, loop)
  expect(reports).toEqual([])
})

test('a shield that is cancelled leaves nothing behind in what it shielded', async () => {
  await runVirtual(async () => {
    const inner = getRunningLoop().createFuture<void>()
    for (let round = 0; round < 3; round += 1) {
      shield(inner).cancel()
      await sleep(1)
    }
    expect(Reflect.get(inner, '_waiters')).toBe(null)
    const kept = shield(inner)
    shield(inner).cancel()
    await sleep(1)
    inner.setResult()
    await kept
  })
})

test('a promise is refused', async () => {
  const error = await errorOf(runVirtual(async () => await shield(Promise.resolve(1) as never)))
  expect(error).toBeInstanceOf(TypeError)
  expect(error.message).toMatch(/got a promise/)
})

test('a deadlock says what is inside', async () => {
  const error = await errorOf(
    runVirtual(async () => await shield(getRunningLoop().createFuture<void>())),
  )
  expect(error.message).toContain('waits for the shield() of a Future')
})
