import type { Call } from '@hocket/executors'
import { expect, test } from 'vitest'
import { BrokenProcessPool } from '../../src/errors/errors.ts'
import { plainCall } from '../../src/executor/executor.ts'
import { PLAIN, RESULT } from '../../src/wire/messages.ts'
import { StubProcess, stubPool } from '../support/stub-link.ts'

const echo = (value: number): number => value

/** A worker process that has `count` short calls, all of them sent. */
async function loaded(count: number, callsAtOnce = 1, graceMs = 1_000) {
  const { pool, links } = stubPool(
    { kind: 'process', broken: BrokenProcessPool, callsAtOnce, graceMs },
    () => new StubProcess(),
  )
  const submit = (value: number) => pool.submit<number>(echo, [value], PLAIN, plainCall, loaded)
  const opening = submit(-1)
  const link = links[0] as StubProcess
  link.ready()
  link.onMessage([[0, 0.001], null, 0, RESULT, -1])
  await opening
  const calls = Array.from({ length: count }, (_, value) => submit(value))
  await new Promise((resolve) => setImmediate(resolve))
  expect(link.calls).toHaveLength(4 * (count + 1))
  return { pool, link, links, calls }
}

const states = (calls: readonly Call<number>[]): string[] =>
  calls.map((call) => (call.done() ? 'failed' : call.running() ? 'running' : 'waiting'))

test('a process that dies fails what it may have begun: what it has noted, or the oldest call', async () => {
  for (const [noted, expected] of [
    [1, ['running', 'waiting', 'waiting', 'waiting']],
    [4, ['running', 'running', 'running', 'waiting']],
  ] as const) {
    const { link, calls, pool } = await loaded(4)
    link.begun = noted
    expect(states(calls)).toEqual(expected)
    link.die()
    expect(states(calls)).toEqual(expected.map((each) => (each === 'running' ? 'failed' : each)))
    expect(pool.statistics()).toMatchObject({ workersStarted: 2, workersLost: 1 })
  }
})

test('as many of the oldest as may run at once', async () => {
  const { link, calls } = await loaded(5, 2)
  // An answer out of order: the first and the third are the oldest then.
  link.onMessage([null, null, calls[1]?._slot, RESULT, 1])
  expect(states(calls)).toEqual(['running', 'failed', 'running', 'waiting', 'waiting'])
  expect(await calls[1]).toBe(1)
})

test('the next worker gets what waits, in its order', async () => {
  const { link, links, calls } = await loaded(4)
  link.die()
  const next = links[1] as StubProcess
  next.ready()
  await new Promise((resolve) => setImmediate(resolve))
  const sent = next.calls
  expect([sent[2], sent[6], sent[10]]).toEqual([[1], [2], [3]])
  expect(states(calls)).toEqual(['failed', 'running', 'waiting', 'waiting'])
})

test('calls in advance that are cancelled are not those that may have begun', async () => {
  const { pool, link } = await loaded(0)
  const submit = (value: number) => pool.submit<number>(echo, [value], PLAIN, plainCall, submit)
  const calls = [submit(0), submit(1), submit(2)]
  expect(calls[1]?.cancel()).toBe(true)
  expect(calls[0]?.cancel()).toBe(false)
  await new Promise((resolve) => setImmediate(resolve))
  // In its place goes a call of nothing: the process counts what it gets.
  expect(link.calls.filter((_, index) => index % 4 === 3)).toEqual([0, 0, 3, 0])
  expect(calls[2]?.cancel()).toBe(false)
  expect(states(calls)).toEqual(['running', 'failed', 'waiting'])
})

test('a call that is interrupted before it begins does not take along what runs before it', async () => {
  const { link, calls } = await loaded(2, 1, 10)
  expect(calls[1]?.cancel({ interrupt: true })).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect([link.isKilled, ...states(calls)]).toEqual([false, 'running', 'waiting'])
  expect(link.posted.at(-1)?.[0]).toEqual([['interrupt', calls[1]?._slot]])
  link.begun = 3
  while (!link.isKilled) await new Promise((resolve) => setTimeout(resolve, 5))
  link.die()
  expect(calls[1]?.cancelled()).toBe(true)
  expect(calls[0]?.cancelled()).toBe(false)
})
