import { test } from '@hocket/testing/vitest'
import { coroutine, sleep } from 'hocket'
import { describe } from 'vitest'

const log: unknown[] = []

describe('test', () => {
  test('runs an async function', async ({ loop }, { expect, task }) => {
    await sleep(3_600_000)
    expect(loop.time()).toBe(3_600_000)
    expect(task.name).toBe('runs an async function')
    log.push('async')
  })

  test('runs a generator function', function* ({ host }, { expect }) {
    yield* sleep(5)
    expect(host.now()).toBe(5)
    log.push('generator')
  })

  test(
    'runs a coroutine function',
    coroutine(function* () {
      yield* sleep(5)
      log.push('coroutine')
    }),
  )

  test('takes options', { timeout: 10_000 }, async () => {
    await sleep(20_000)
    log.push('options')
  })

  test.fails('fails where something is left', async () => {
    void sleep(5)
  })

  test.each([1, 2])('each %i', async ({ loop }, delay) => {
    await sleep(delay)
    log.push(`each ${loop.time()}`)
  })

  test.each([
    ['a', 1],
    ['b', 2],
  ] as const)('each %s %i', async (_run, word, count) => {
    log.push(`each ${word} ${count}`)
  })

  test.for([1])('for %i', async ({ loop }, delay, { expect }) => {
    await sleep(delay)
    expect(loop.time()).toBe(delay)
    log.push('for')
  })

  test.runIf(true)('runs if', async () => {
    log.push('run if')
  })
})

test('all of them have run', async (_run, { expect }) => {
  expect(log).toEqual([
    'async',
    'generator',
    'coroutine',
    'options',
    'each 1',
    'each 2',
    'each a 1',
    'each b 2',
    'for',
    'run if',
  ])
})
