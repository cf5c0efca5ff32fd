import {
  CancelledError,
  DeadlockError,
  HocketError,
  InvalidStateError,
  KeyboardInterrupt,
  RuntimeError,
  TimeoutError,
} from 'hocket'
import { describe, expect, test } from 'vitest'

const ours = [
  { Class: HocketError, code: 'ERR_HOCKET' },
  { Class: RuntimeError, code: 'ERR_RUNTIME' },
  { Class: InvalidStateError, code: 'ERR_INVALID_STATE' },
  { Class: TimeoutError, code: 'ERR_TIMEOUT' },
  { Class: DeadlockError, code: 'ERR_DEADLOCK' },
]

describe.each(ours)('$Class.name', ({ Class, code }) => {
  test('is a HocketError with a stable code and a name', () => {
    const error = new Class('why')
    expect(error).toBeInstanceOf(HocketError)
    expect(error).toBeInstanceOf(Error)
    expect([error.name, error.code, error.message]).toEqual([Class.name, code, 'why'])
    expect(String(error)).toBe(`${Class.name}: why`)
  })

  test('keeps a cause, and has none unless one is given', () => {
    const cause = new Error('deeper')
    expect(new Class('why', { cause }).cause).toBe(cause)
    expect('cause' in new Class('why', { cause: undefined })).toBe(true)
    expect('cause' in new Class('why')).toBe(false)
  })

  test('takes a code of its own', () => {
    expect(new Class('why', { code: 'ERR_MINE' }).code).toBe('ERR_MINE')
  })
})

test('a TimeoutError says what happened without being told', () => {
  expect(new TimeoutError().message).toBe('the operation did not end in time')
})

test('siblings are not instances of each other', () => {
  expect(new TimeoutError()).not.toBeInstanceOf(RuntimeError)
  expect(new HocketError('x')).not.toBeInstanceOf(RuntimeError)
})

describe('outside HocketError', () => {
  test('a CancelledError has a reason and a canceller', () => {
    const by = { getName: () => 'Task-1' }
    const error = new CancelledError('no time', { by, cause: 7 })
    expect(error).not.toBeInstanceOf(HocketError)
    expect([error.name, error.message, error.reason]).toEqual([
      'CancelledError',
      'no time',
      'no time',
    ])
    expect(error.by).toBe(by)
    expect(error.cause).toBe(7)
  })

  test.each([
    ['nothing', undefined, 'cancelled'],
    ['an error', new Error('why'), 'why'],
    ['a number', 5, '5'],
    ['null', null, 'null'],
    ['a symbol', Symbol('why'), 'Symbol(why)'],
  ])('the message for %s as the reason', (_what, reason, message) => {
    const error = new CancelledError(reason)
    expect(error.message).toBe(message)
    expect(error.reason).toBe(reason)
    expect('cause' in error).toBe(false)
  })

  test('a KeyboardInterrupt knows its signal', () => {
    const error = new KeyboardInterrupt('SIGTERM')
    expect(error).not.toBeInstanceOf(HocketError)
    expect([error.name, error.signal, error.message]).toEqual([
      'KeyboardInterrupt',
      'SIGTERM',
      'interrupted by SIGTERM',
    ])
    expect(new KeyboardInterrupt().signal).toBe('SIGINT')
  })
})

describe('instanceof', () => {
  class QuotaError extends RuntimeError {}

  test('keeps its meaning for a subclass of the user', () => {
    expect(new QuotaError('x')).toBeInstanceOf(QuotaError)
    expect(new QuotaError('x')).toBeInstanceOf(RuntimeError)
    expect(new QuotaError('x')).toBeInstanceOf(HocketError)
    expect(new RuntimeError('x')).not.toBeInstanceOf(QuotaError)
  })

  test.each([undefined, null, 0, 'text', Symbol('x'), {}, new Error('x')])(
    'is false for %o',
    (value) => {
      expect(value instanceof HocketError).toBe(false)
      expect(value instanceof CancelledError).toBe(false)
    },
  )

  test('is true across two copies of the package', async () => {
    const url = new URL('../../src/errors/errors.ts?copy', import.meta.url)
    const copy: typeof import('../../src/errors/errors.ts') = await import(url.href)
    expect(copy.CancelledError).not.toBe(CancelledError)
    expect(new copy.CancelledError('x')).toBeInstanceOf(CancelledError)
    expect(new CancelledError('x')).toBeInstanceOf(copy.CancelledError)
    expect(new copy.TimeoutError()).toBeInstanceOf(TimeoutError)
    expect(new copy.TimeoutError()).toBeInstanceOf(HocketError)
    expect(new copy.TimeoutError()).not.toBeInstanceOf(RuntimeError)
    expect(new copy.KeyboardInterrupt()).toBeInstanceOf(KeyboardInterrupt)
    expect(new copy.CancelledError('x')).not.toBeInstanceOf(HocketError)
  })
})
