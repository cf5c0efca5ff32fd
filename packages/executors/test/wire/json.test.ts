import { ProcessPoolExecutor } from '@hocket/executors'
import { expect, test } from 'vitest'
import { isJson } from '../../src/wire/json.ts'
import { jobs } from '../support/jobs.ts'

test('JSON is for what it says exactly', () => {
  const yes: unknown[] = [1, 'é', true, null, [], {}, { a: [{ b: 1 }] }, [[[[1]]]]]
  for (const each of yes) expect(isJson([null, each])).toBe(true)
  const no: unknown[] = [
    -0,
    NaN,
    undefined,
    1n,
    '\ud800',
    new Date(),
    new Map(),
    Object.create(null),
    { a: undefined },
    JSON.parse('{"__proto__":1}'),
    { toJSON: 1 },
    new Array(2),
    'text'.match(/x/),
  ]
  for (const each of no) expect(isJson([null, each])).toBe(false)
})

test('lists that have names beside their items keep them', async () => {
  await using pool = new ProcessPoolExecutor(1)
  const match = await pool.submit(jobs.match, 'a text', 'x')
  expect([match?.[0], match?.index, match?.input]).toEqual(['x', 4, 'a text'])
  expect(await pool.submit(jobs.indexOf, Object.assign(['x'], { index: 4 }))).toBe(4)
}, 60_000)
