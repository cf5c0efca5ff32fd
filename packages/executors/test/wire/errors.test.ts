import assert, { AssertionError } from 'node:assert'
import { readFileSync } from 'node:fs'
import { types } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { CancelledError, ExceptionGroup, IncompleteReadError, TimeoutError } from 'hocket'
import { describe, expect, test } from 'vitest'
import { BrokenThreadPool, DataCloneProblem } from '../../src/errors/errors.ts'
import { decodeError, encodeError, registerError, remoteDetails } from '../../src/wire/errors.ts'

// biome-ignore lint/suspicious/noExplicitAny: whatever has been thrown.
type Any = any

/** There and back, as between processes: what threads can clone is more. */
function travel(thrown: unknown, callerStack?: string): Any {
  return decodeError(deserialize(serialize(encodeError(thrown))), callerStack)
}

const wasm = (globalThis as Any).WebAssembly as Record<
  'CompileError' | 'RuntimeError',
  ErrorConstructor
>

/** Where there are thousands of errors, their stacks are what takes time. */
function withoutStacks<T>(make: () => T): T {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = limit
  }
}

function thrownBy(fn: () => unknown): unknown {
  try {
    fn()
  } catch (error) {
    return error
  }
  throw new assert.AssertionError({ message: 'it threw nothing' })
}

describe('the classes of the language and of the host', () => {
  test.each([
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
    wasm.CompileError,
    wasm.RuntimeError,
  ])('%o', (errorClass) => {
    const error = travel(new errorClass('the message'))
    expect(Object.getPrototypeOf(error)).toBe(errorClass.prototype)
    expect(error.name).toBe(errorClass.prototype.name)
    expect(error.message).toBe('the message')
    expect(types.isNativeError(error)).toBe(true)
    expect(Object.keys(error)).toEqual([])
  })

  test('AggregateError, with its errors', () => {
    const error = travel(new AggregateError([new TypeError('a'), 'b', null], 'all'))
    expect(error).toBeInstanceOf(AggregateError)
    expect(error.errors).toEqual([new TypeError('a'), 'b', null])
    expect(error.errors[0]).toBeInstanceOf(TypeError)
    expect(Object.keys(error)).toEqual([])
  })

  test('DOMException, with its code', () => {
    const error = travel(new DOMException('aborted', 'AbortError'))
    expect(error).toBeInstanceOf(DOMException)
    expect([error.name, error.message, error.code]).toEqual(['AbortError', 'aborted', 20])
  })

  test('what Node adds to errors', () => {
    const error = travel(thrownBy(() => readFileSync('/no/such/file')))
    expect(error).toMatchObject({ code: 'ENOENT', syscall: 'open', path: '/no/such/file' })
    const invalid = travel(thrownBy(() => new URL('not a url')))
    expect(invalid).toBeInstanceOf(TypeError)
    expect(invalid).toMatchObject({ code: 'ERR_INVALID_URL', input: 'not a url' })
  })

  test('AssertionError', () => {
    const error = travel(thrownBy(() => assert.equal(1, 2)))
    expect(error).toBeInstanceOf(AssertionError)
    expect(error).toMatchObject({ code: 'ERR_ASSERTION', actual: 1, expected: 2 })
  })

  test('of another realm', () => {
    const error = travel(runInNewContext("new RangeError('elsewhere')"))
    expect(error).toBeInstanceOf(RangeError)
    expect(error.message).toBe('elsewhere')
  })
})

describe("Hocket's own", () => {
  test('TimeoutError and BrokenThreadPool', () => {
    expect(travel(new TimeoutError('late'))).toMatchObject({ message: 'late', code: 'ERR_TIMEOUT' })
    expect(travel(new TimeoutError())).toBeInstanceOf(TimeoutError)
    expect(travel(new BrokenThreadPool('gone'))).toBeInstanceOf(BrokenThreadPool)
  })

  test('CancelledError, with the reason and the name of who asked', () => {
    const error = travel(new CancelledError({ why: 'late' }, { by: { getName: () => 'Task-7' } }))
    expect(error).toBeInstanceOf(CancelledError)
    expect(error.reason).toEqual({ why: 'late' })
    expect(error.by.getName()).toBe('Task-7')
  })

  test('ExceptionGroup, which can be split', () => {
    const group = new ExceptionGroup('two', [
      new ExceptionGroup('inner', [new TypeError('a')]),
      new CancelledError('b'),
    ])
    const error = travel(group)
    expect(error).toBeInstanceOf(ExceptionGroup)
    expect(error.message).toBe(group.message)
    const [cancelled, others] = error.split(CancelledError)
    expect(cancelled.message).toBe('two (1 sub-exception)')
    expect(others.exceptions[0].exceptions[0]).toBeInstanceOf(TypeError)
  })

  test('bytes that were read', () => {
    const error = travel(new IncompleteReadError(new Uint8Array([1, 2]), 5))
    expect(error).toBeInstanceOf(IncompleteReadError)
    expect([...error.partial]).toEqual([1, 2])
  })
})

describe("a user's class", () => {
  class Unknown extends RangeError {
    override name = 'Unknown'
    limit = 3
  }

  test('that nobody knows arrives as the class it extends, and tells its name', () => {
    const error = travel(new Unknown('too many', { cause: 'x' }))
    expect(Object.getPrototypeOf(error)).toBe(RangeError.prototype)
    expect(error).toMatchObject({ name: 'Unknown', message: 'too many', limit: 3, cause: 'x' })
    expect(error.stack).toContain('--- in a worker, as Unknown ---')
    expect(remoteDetails(error)?.className).toBe('Unknown')
  })

  test('keeps a name and a code that its prototype had', () => {
    class Coded extends Error {
      get code() {
        return 'E_CODED'
      }
    }
    Coded.prototype.name = 'CodedError'
    expect(travel(new Coded('x'))).toMatchObject({ name: 'CodedError', code: 'E_CODED' })
  })

  test('that is registered arrives as itself, without its constructor', () => {
    class Registered extends TypeError {
      readonly path: string
      constructor(path: { text: string }) {
        super(`no ${path.text}`)
        this.path = path.text
      }
      get short() {
        return this.path.at(-1)
      }
    }
    registerError(Registered)
    const error = travel(new Registered({ text: 'abc' }))
    expect(error).toBeInstanceOf(Registered)
    expect(error).toMatchObject({ message: 'no abc', path: 'abc', short: 'c' })
    expect(error.stack).not.toContain('in a worker')
    class Derived extends Registered {}
    expect(travel(new Derived({ text: 'x' }))).toBeInstanceOf(Registered)
  })

  test('may have a message that it computes', () => {
    class Computed extends Error {
      n = 2
      override get message() {
        return `computed ${this.n}`
      }
    }
    registerError(Computed)
    const error = travel(new Computed())
    expect(error.message).toBe('computed 2')
    error.n = 3
    expect(error.message).toBe('computed 3')
  })

  test('may say what is sent of it', () => {
    class Private extends Error {
      #secret: number
      constructor(secret: number) {
        super('private')
        this.#secret = secret
      }
      get secret() {
        return this.#secret
      }
    }
    registerError(Private, { encode: (e) => e.secret, decode: (n) => new Private(n as number) })
    const error = travel(new Private(7), 'Error\n    at caller (main.js:1:1)')
    expect(error).toBeInstanceOf(Private)
    expect(error.secret).toBe(7)
    expect(error.stack).toContain('caller (main.js:1:1)')
    const withCause = new Private(8)
    withCause.cause = new RangeError('why')
    expect(travel(withCause).cause).toBeInstanceOf(RangeError)
  })

  test('whose own code fails is not lost', () => {
    class Failing extends RangeError {}
    registerError(Failing, {
      encode: () => {
        throw new Error('encode failed')
      },
      decode: () => new Failing('made anew'),
    })
    expect(travel(new Failing('still here'))).toMatchObject({ message: 'still here' })
    expect(travel(new Failing('still here'))).toBeInstanceOf(Failing)
    class FailingThere extends RangeError {}
    registerError(FailingThere, {
      encode: () => 1,
      decode: () => {
        throw new Error('decode failed')
      },
    })
    const error = travel(new FailingThere('still here'))
    expect(error).toBeInstanceOf(FailingThere)
    expect(error.message).toBe('still here')
  })

  test('is registered once, under a name of its own', () => {
    const first = class Same extends Error {}
    const second = class Same extends Error {}
    registerError(first)
    registerError(first)
    expect(() => registerError(second)).toThrow("registered as 'Same'")
    registerError(second, { name: 'another/Same' })
    expect(travel(new second())).toBeInstanceOf(second)
    expect(() => registerError(class extends Error {})).toThrow('with a name')
    expect(() => registerError(first, { encode: () => 1 })).toThrow('encode and decode')
    expect(() => registerError(Map as Any)).toThrow(TypeError)
    expect(() => registerError(null as Any)).toThrow(TypeError)
  })
})

describe('what hangs on an error', () => {
  test('causes, also where they go round', () => {
    const first: Any = new Error('first')
    const second: Any = new TypeError('second', { cause: first })
    first.cause = second
    first.errors = [first, second]
    const error = travel(first)
    expect(error.cause).toBeInstanceOf(TypeError)
    expect(error.cause.cause).toBe(error)
    expect(error.errors).toEqual([error, error.cause])
    expect(error.errors[0]).toBe(error)
  })

  test('a chain of causes longer than the stack', () => {
    let each = withoutStacks(() => {
      let error = new Error('0')
      for (let depth = 1; depth < 9000; depth++) error = new Error(`${depth}`, { cause: error })
      return travel(error)
    })
    for (let depth = 8999; depth > 0; depth--) each = each.cause
    expect(each.message).toBe('0')
  })

  test('own properties of every clonable sort', () => {
    const own = {
      map: new Map([[1, new Set([2])]]),
      date: new Date(0),
      bytes: new Uint8Array([1]),
      big: 1n,
    }
    const error = travel(Object.assign(new Error('x'), own, { at: new RangeError('nested') }))
    expect(error).toMatchObject(own)
    expect(error.at).toBeInstanceOf(RangeError)
  })

  test('properties stay enumerable or not, and symbols of the registry stay', () => {
    const original = new Error('x')
    Object.defineProperty(original, 'hidden', { value: 1 })
    Object.assign(original, { [Symbol.for('test.mark')]: 2, [Symbol('own')]: 3 })
    const error = travel(original)
    expect(Object.keys(error)).toEqual(['Symbol(own)'])
    expect(error.hidden).toBe(1)
    expect(error[Symbol.for('test.mark')]).toBe(2)
  })

  test('what can not be copied is described, and told', () => {
    const original = Object.assign(new Error('x'), {
      retry() {},
      socket: { write() {} },
      memory: new SharedArrayBuffer(8),
      promise: Promise.resolve(),
      url: new URL('http://example.org/'),
    })
    const error = travel(original)
    expect(error.retry).toBe('[Function: retry]')
    expect(error.socket).toContain('write')
    expect(error.memory).toContain('SharedArrayBuffer')
    expect(error.url).toContain('http://example.org/')
    expect(remoteDetails(error)?.lost).toEqual(['retry', 'socket', 'memory', 'promise', 'url'])
  })

  test('the original is left as it was', () => {
    const original = Object.freeze(Object.assign(new Error('frozen'), { n: 1 }))
    expect(travel(original)).toMatchObject({ message: 'frozen', n: 1 })
    expect(Object.isFrozen(travel(original))).toBe(false)
  })
})

describe('what is not an error', () => {
  test.each(['text', '', 0, null, undefined, 7n, false])('%o', (thrown) => {
    expect(travel(thrown)).toBe(thrown)
  })

  test('an object', () => {
    expect(travel({ code: 5, list: [1] })).toEqual({ code: 5, list: [1] })
  })

  test.each<[unknown, string]>([
    [{ options: { onDone() {} } }, 'what was thrown: options.onDone is a function'],
    [Symbol('s'), 'what was thrown is a symbol'],
    [Promise.reject, 'what was thrown is a function'],
  ])('that can not be copied: %o', (thrown, message) => {
    const error = travel(thrown)
    expect(error).toBeInstanceOf(DataCloneProblem)
    expect(error.message).toContain(message)
  })

  test('errors in a list', () => {
    expect(travel([new TypeError('a'), [new RangeError('b')]])[1][0]).toBeInstanceOf(RangeError)
  })
})

describe('errors that resist', () => {
  test('getters that throw', () => {
    const error = new Error('x')
    for (const key of ['stack', 'message', 'name', 'code', 'cause', 'other']) {
      Object.defineProperty(error, key, {
        get() {
          throw new Error(`no ${key}`)
        },
        enumerable: true,
      })
    }
    const arrived = travel(error)
    expect(arrived).toBeInstanceOf(Error)
    expect(arrived.message).toBe('(its message could not be read)')
    expect(arrived.other).toContain('a getter that throws')
  })

  test('a proxy whose traps throw', () => {
    const traps = new Proxy(
      {},
      {
        get: () => () => {
          throw new Error('trap')
        },
      },
    )
    expect(() => travel(new Proxy(new Error('x'), traps))).not.toThrow()
  })

  test('a stack that is not text, or too much of it', () => {
    const odd = new Error('odd')
    Object.defineProperty(odd, 'stack', { value: [{ frame: 1 }] })
    expect(travel(odd).message).toBe('odd')
    const huge = new Error('huge')
    huge.stack = `Error: huge\n${'    at f (file.js:1:1)\n'.repeat(100_000)}`
    const arrived = travel(huge)
    expect(arrived.stack.length).toBeLessThan(70_000)
    expect(arrived.stack).toContain('characters left out')
  })

  test('a message that is no text', () => {
    const error = new Error('x')
    Object.defineProperty(error, 'message', { value: { toString: () => 'an object' } })
    expect(travel(error).message).toBe('an object')
  })

  test('more errors than anybody reads', () => {
    const error = withoutStacks(() => {
      const many = Array.from({ length: 10_500 }, (_, index) => new Error(`${index}`))
      return travel(new AggregateError(many, 'many'))
    })
    expect(error.errors).toHaveLength(10_500)
    expect(error.errors[9000].message).toBe('9000')
    expect(String(error.errors[10_499])).toContain('10499')
  })
})

describe('the stack', () => {
  test("has the worker's frames, then those of the call", () => {
    const error = new Error('boom')
    error.stack = 'Error: boom\n    at work (work.js:3:9)\n    at process (node:internal/x:1:1)'
    const caller = 'Error\n    at submit (node:internal/y:1:1)\n    at main (main.js:5:2)'
    expect(travel(error, caller).stack).toBe(
      'Error: boom\n    at work (work.js:3:9)\n    --- in a worker; called by ---\n    at main (main.js:5:2)',
    )
  })

  test('of a cause has its own frames only', () => {
    const error = new Error('outer', { cause: new Error('inner') })
    const arrived = travel(error, 'Error\n    at main (main.js:5:2)')
    expect(arrived.stack).toContain('main.js:5:2')
    expect(arrived.cause.stack).not.toContain('main.js:5:2')
  })

  test.each(['src/worker/runner.ts', 'dist/worker/runner.js'])(
    'ends where the worker has called the function: %s',
    (path) => {
      const error = new Error('boom')
      const machinery = new URL(`../../${path}`, import.meta.url).href
      error.stack = `Error: boom\n    at work (work.js:3:9)\n    at call (${machinery}:1:1)\n    at other (loop.js:1:1)`
      expect(travel(error).stack).toBe('Error: boom\n    at work (work.js:3:9)')
    },
  )
})
