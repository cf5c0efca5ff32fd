import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test, vi } from 'vitest'
import { createHop } from '../../src/loop/node/hop.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('calls back one microtask later, again and again, once for all who ask before', async () => {
  const log: string[] = []
  const hop = createHop(() => {
    log.push('hop')
    if (log.length < 9) hop()
  })
  void Promise.resolve().then(() => log.push('before'))
  hop()
  hop()
  void Promise.resolve().then(() => log.push('after'))
  expect(log).toEqual([])
  await turn()
  expect(log).toEqual(['before', 'hop', 'after', ...Array.from({ length: 6 }, () => 'hop')])
  hop()
  await turn()
  expect(log.at(-1)).toBe('hop')
})

test('makes no promise for it', async () => {
  const made = vi.fn<() => void>()
  const hop = createHop(() => {})
  const { createHook } = await import('node:async_hooks')
  const hook = createHook({ init: (_id, type) => type === 'PROMISE' && made() })
  hook.enable()
  new AsyncLocalStorage().run(1, hop)
  hook.disable()
  await turn()
  expect(made).not.toHaveBeenCalled()
})

test('goes on after a callback that throws, which is reported as a rejection', async () => {
  const reported: unknown[] = []
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', (error) => reported.push(error))
  try {
    let calls = 0
    const hop = createHop(() => {
      calls += 1
      if (calls === 1) throw new RangeError('once')
    })
    hop()
    await turn()
    hop()
    await turn()
    expect([calls, reported.map(String)]).toEqual([2, ['RangeError: once']])
  } finally {
    process.removeAllListeners('unhandledRejection')
    for (const listener of others) process.on('unhandledRejection', listener)
  }
})
