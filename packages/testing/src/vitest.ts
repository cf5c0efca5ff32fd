/**
 * Tests on virtual time for Vitest.
 *
 * @module
 */
import { type TestContext, type TestOptions, test as vitestTest } from 'vitest'
import { type VirtualBody, virtual } from './virtual/virtual.ts'

export type { VirtualBody, VirtualRun } from './virtual/virtual.ts'
export type { VirtualHost } from './virtual/virtual-host.ts'

/** Vitest's `test` for bodies that run on virtual time. */
export interface VirtualTest<A extends unknown[] = [context: TestContext]> {
  (name: string, body: VirtualBody<A>, timeout?: number): void
  (name: string, options: TestOptions, body: VirtualBody<A>): void
}

/** What Vitest's `test` can be asked for, with bodies on virtual time. */
export interface VirtualTestApi extends VirtualTest {
  readonly only: VirtualTestApi
  readonly skip: VirtualTestApi
  readonly fails: VirtualTestApi
  readonly concurrent: VirtualTestApi
  readonly sequential: VirtualTestApi
  todo(name: string): void
  skipIf(condition: unknown): VirtualTestApi
  runIf(condition: unknown): VirtualTestApi
  each<T>(cases: readonly T[]): VirtualTest<T extends readonly unknown[] ? [...T] : [T]>
  for<T>(cases: readonly T[]): VirtualTest<[item: T, context: TestContext]>
}

/**
 * Vitest's `test`, with a body that runs as the main task of a loop on virtual time; see
 * {@link virtual}. The body is an async function, a generator function or a coroutine function. It
 * gets `{ loop, host }`, and behind that what Vitest passes on.
 *
 * @example
 * ```ts no-run
 * import { test } from '@hocket/testing/vitest'
 *
 * test('an hour', async ({ loop }, { expect }) => {
 *   await sleep(3_600_000)
 *   expect(loop.time()).toBe(3_600_000)
 * })
 *
 * test.each([1, 10])('%i ms', function* ({ host }, delay) {
 *   yield* sleep(delay)
 *   if (host.now() !== delay) throw new Error('too late')
 * })
 * ```
 */
export const test: VirtualTestApi = wrap(vitestTest as unknown as AnyTest) as VirtualTestApi

type AnyTest = ((...args: unknown[]) => unknown) & Record<string, unknown>

// What gives another `test` when it is called, and not when it is read.
const callable = new Set(['each', 'for', 'skipIf', 'runIf'])
const chainable = new Set(['only', 'skip', 'fails', 'concurrent', 'sequential'])

function wrap(original: AnyTest): unknown {
  return new Proxy(original, {
    apply: (target, self, args: unknown[]) =>
      Reflect.apply(
        target,
        self,
        args.map((arg) => (typeof arg === 'function' ? virtual(arg as VirtualBody) : arg)),
      ),
    get(target, property) {
      const value = Reflect.get(target, property) as unknown
      if (typeof property !== 'string' || typeof value !== 'function') return value
      if (chainable.has(property)) return wrap(value as AnyTest)
      if (!callable.has(property)) return value
      return (...args: unknown[]) => wrap(Reflect.apply(value, target, args) as AnyTest)
    },
  })
}
