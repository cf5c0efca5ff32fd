import {
  AsyncExitStack,
  asynccontextmanager,
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  exitStack,
  sleep,
  use,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

type Fill = (stack: AsyncExitStack) => void

const fail = (message: string) => () => {
  throw new RangeError(message)
}

/** Runs a body in both spellings in a stack that `fill` has filled; gives both outcomes, which are the same. */
async function outcomeOf(fill: Fill, body: () => unknown = () => 'result'): Promise<unknown> {
  const outcomes = await runVirtual(async () => [
    await settle(
      exitStack(async (stack) => {
        fill(stack)
        await sleep(1)
        return body()
      }),
    ),
    await settle(
      exitStack(function* (stack) {
        fill(stack)
        yield* sleep(1)
        return body()
      }),
    ),
  ])
  expect(outcomes[1]).toEqual(outcomes[0])
  return outcomes[0]
}

async function settle(awaitable: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await awaitable
  } catch (error) {
    return error
  }
}

describe('an AsyncExitStack', () => {
  test('leaves in the reverse order, each awaited, with what each was given', async () => {
    const log: unknown[] = []
    const note = (...args: unknown[]) => {
      log.push(args)
    }
    const noteSlowly = coroutine(function* (...args: unknown[]) {
      yield* sleep(1)
      log.push([...args, 'slowly'])
    })
    const noteAsync = async (...args: unknown[]) => {
      await sleep(1)
      log.push([...args, 'async'])
    }
    await runVirtual(
      exitStack(async (stack) => {
        expect(stack.callback(note, 'callback', 1)).toBe(note)
        expect(stack.pushAsyncCallback(noteSlowly, 'coroutine')).toBe(noteSlowly)
        stack.pushAsyncCallback(noteAsync, 'promise')
        stack.push(note)
        stack.pushAsyncExit(noteSlowly as (...args: unknown[]) => unknown)
        stack.pushAsyncExit(function* (error: unknown) {
          yield* sleep(1)
          log.push(['generator', error])
        } as never)
        log.push('body')
      }),
    )
    expect(log).toEqual([
      'body',
      ['generator', undefined],
      [undefined, false, 'slowly'],
      [undefined, false],
      ['promise', 'async'],
      ['coroutine', 'slowly'],
      ['callback', 1],
    ])
  })

  test('keeps resources of every kind, and managers', async () => {
    const log: string[] = []
    const context = asynccontextmanager(async function* () {
      yield 'value'
      log.push('manager')
    })
    const sync = { [Symbol.dispose]: () => void log.push('dispose') }
    const open = coroutine(async () => {
      await sleep(1)
      return {
        async [Symbol.asyncDispose]() {
          await sleep(1)
          log.push('asyncDispose')
        },
      }
    })
    await runVirtual(
      exitStack(async (stack) => {
        expect(stack.enterContext(sync)).toBe(sync)
        expect(await stack.enterAsyncContext(sync)).toBe(sync)
        const resource = await stack.enterAsyncContext(open())
        expect(Symbol.asyncDispose in resource).toBe(true)
        expect(await stack.enterAsyncContext(context())).toBe('value')
        const entered = context()
        await entered.aenter()
        stack.pushAsyncExit(entered)
        stack.pushAsyncExit(sync)
      }),
    )
    expect(log).toEqual(['dispose', 'manager', 'manager', 'asyncDispose', 'dispose', 'dispose'])
  })

  test('runs exits in the task that leaves it', async () => {
    const names: unknown[] = []
    const note = async () => {
      names.push(currentTask()?.getName())
      await sleep(1)
      names.push(currentTask()?.getName())
    }
    await runVirtual(async () => {
      const stack = new AsyncExitStack()
      stack.pushAsyncCallback(note)
      stack.callback(() => names.push(currentTask()?.getName()))
      await createTask(stack.aclose(), { name: 'closer' })
    })
    expect(names).toEqual(['closer', 'closer', 'closer'])
  })

  test('gives the result of the body', async () => {
    expect(await outcomeOf(() => {})).toBe('result')
    expect(await outcomeOf((stack) => stack.push(() => true))).toBe('result')
  })

  test('tells exits of the error; one may swallow it, and the next ones see none', async () => {
    const told: unknown[] = []
    const error = new Error('body')
    const outcome = await outcomeOf(
      (stack) => {
        stack.push((...args) => void told.push(args))
        stack.pushAsyncExit(async () => await sleep(1, true))
        stack.push((...args) => void told.push(args))
      },
      () => {
        throw error
      },
    )
    expect(outcome).toBeUndefined()
    const once = [
      [error, true],
      [undefined, false],
    ]
    expect(told).toEqual([...once, ...once])
  })

  test('an error that is not swallowed is thrown as it is', async () => {
    const error = new Error('body')
    const outcome = await outcomeOf(
      (stack) => {
        stack.push(() => false)
        stack.callback(() => true)
      },
      () => {
        throw error
      },
    )
    expect(outcome).toBe(error)
    expect(error.cause).toBeUndefined()
  })

  test('an exit that throws replaces the error, which is its last cause', async () => {
    const outcome = (await outcomeOf(
      (stack) => {
        stack.push(() => {
          throw new Error('third')
        })
        stack.push(() => {
          throw new Error('second', { cause: new Error('own cause') })
        })
      },
      () => {
        throw new Error('body')
      },
    )) as Error
    const messages: string[] = []
    for (let error: unknown = outcome; error instanceof Error; error = error.cause) {
      messages.push(error.message)
    }
    expect(messages).toEqual(['third', 'second', 'own cause', 'body'])
  })

  test('an exit that throws the error again, or one with it as the cause, changes nothing', async () => {
    const error = new Error('body')
    const outcome = (await outcomeOf(
      (stack) => {
        stack.push((given) => {
          throw new Error('about it', { cause: given })
        })
        stack.push((given) => {
          throw given
        })
      },
      () => {
        throw error
      },
    )) as Error
    expect([outcome.message, outcome.cause, error.cause]).toEqual(['about it', error, undefined])
  })

  test('an exit that throws the cause of the error makes no ring', async () => {
    const inner = new Error('inner')
    const outcome = await outcomeOf(
      (stack) => {
        stack.push((given) => {
          throw (given as Error).cause
        })
      },
      () => {
        throw new Error('outer', { cause: inner })
      },
    )
    expect(outcome).toBe(inner)
    expect(inner.cause).toBeUndefined()
  })

  test('where what is not told fails, too, the outcome is a SuppressedError', async () => {
    for (const add of [
      (stack: AsyncExitStack) => stack.callback(fail('exit')),
      (stack: AsyncExitStack) => stack.pushAsyncCallback(async () => fail('exit')()),
      (stack: AsyncExitStack) => stack.enterContext({ [Symbol.dispose]: fail('exit') }),
      (stack: AsyncExitStack) => stack.pushAsyncExit({ [Symbol.asyncDispose]: fail('exit') }),
    ]) {
      const outcome = await outcomeOf(add, () => {
        throw new Error('body')
      })
      expect(outcome).toMatchObject({
        name: 'SuppressedError',
        error: new RangeError('exit'),
        suppressed: new Error('body'),
      })
    }
  })

  test('an error whose causes form a ring gets the error of the body where that closes', async () => {
    const ring = new Error('ring')
    ring.cause = new Error('other', { cause: ring })
    const outcome = await outcomeOf(
      (stack) => {
        stack.push(() => {
          throw ring
        })
      },
      () => {
        throw new Error('body')
      },
    )
    const { cause } = (outcome as Error).cause as Error
    expect([outcome, cause]).toEqual([ring, new Error('body')])
  })

  test('a callback that throws the very error of the body changes nothing', async () => {
    const error = new Error('body')
    const outcome = await outcomeOf(
      (stack) => {
        stack.callback(() => {
          throw error
        })
      },
      () => {
        throw error
      },
    )
    expect(outcome).toBe(error)
  })

  test('aexit() is true only if there was an error to swallow', async () => {
    await runVirtual(async () => {
      const stack = new AsyncExitStack()
      stack.push(() => true)
      expect(await stack.aexit(undefined, false)).toBe(false)
      stack.push(() => true)
      expect(await stack.aexit(new Error('x'), true)).toBe(true)
    })
  })

  test('a frozen error that replaces another one hides it neither', async () => {
    const outcome = await outcomeOf(
      (stack) => {
        stack.push(() => {
          throw Object.freeze(new RangeError('frozen')) as RangeError
        })
      },
      () => {
        throw new Error('body')
      },
    )
    expect(outcome).toMatchObject({
      name: 'SuppressedError',
      error: new RangeError('frozen'),
      suppressed: new Error('body'),
    })
  })

  test('an error of an exit after a body that ended well is the outcome, or swallowed', async () => {
    const log: unknown[] = []
    const outcome = await outcomeOf((stack) => {
      stack.callback(() => log.push('still called'))
      stack.callback(fail('exit'))
    })
    expect([outcome, log]).toEqual([new RangeError('exit'), ['still called', 'still called']])
    expect(
      await outcomeOf((stack) => {
        stack.push(() => true)
        stack.callback(fail('exit'))
      }),
    ).toBe('result')
  })

  test('exits that are added while it is being left are called, too', async () => {
    const log: string[] = []
    await runVirtual(
      exitStack(async (stack) => {
        stack.callback(() => log.push('first'))
        stack.callback(() => {
          stack.callback(() => log.push('added'))
        })
      }),
    )
    expect(log).toEqual(['added', 'first'])
  })

  test('popAll() moves everything to another stack', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      let kept: AsyncExitStack | undefined
      await exitStack(async (stack) => {
        stack.callback(() => log.push('kept'))
        kept = stack.popAll()
        stack.callback(() => log.push('left'))
      })
      expect(log.splice(0)).toEqual(['left'])
      await kept?.aclose()
      expect(log.splice(0)).toEqual(['kept'])
      await kept?.aclose()
      expect(log).toEqual([])
    })
  })

  test('aclose(), await using and use() leave it', async () => {
    const log: string[] = []
    const fill = (name: string) => {
      const stack = new AsyncExitStack()
      stack.pushAsyncCallback(async () => {
        await sleep(1)
        log.push(name)
      })
      return stack
    }
    await runVirtual(async () => {
      await fill('aclose').aclose()
      {
        await using _stack = fill('await using')
      }
      await coroutine(function* () {
        yield* use(fill('use'))
      })()
      const failing = fill('failing')
      failing.callback(fail('x'))
      expect(await errorOf(failing.aclose())).toEqual(new RangeError('x'))
    })
    expect(log).toEqual(['aclose', 'await using', 'use', 'failing'])
  })

  test('goes into another one, which tells it of the error', async () => {
    const swallowed = await runVirtual(
      exitStack(async (stack) => {
        const inner = await stack.enterAsyncContext(new AsyncExitStack())
        inner.push(() => true)
        throw new Error('body')
      }),
    )
    expect(swallowed).toBeUndefined()
  })

  test('refuses what it cannot leave', async () => {
    const stack = new AsyncExitStack()
    expect(() => stack.enterContext({} as never)).toThrow(
      'enterContext() expected a resource with Symbol.dispose, got an Object: what has to be awaited goes to enterAsyncContext()',
    )
    expect(() => stack.push(5 as never)).toThrow('push() expected a function, got a number')
    expect(() => stack.callback(5 as never)).toThrow('callback() expected a function')
    expect(() => stack.pushAsyncExit({} as never)).toThrow(
      'pushAsyncExit() expected a context manager (aenter, aexit) or a resource with Symbol.asyncDispose or Symbol.dispose, got an Object',
    )
    expect(await errorOf(runVirtual(stack.enterAsyncContext({} as never)))).toBeInstanceOf(
      TypeError,
    )
    stack.callback(async () => {})
    expect(await errorOf(runVirtual(stack.aclose()))).toEqual(
      new TypeError(
        'a callback of an AsyncExitStack gave a Promise, which it does not wait for: use pushAsyncExit() or pushAsyncCallback()',
      ),
    )
  })
})

describe('a cancelled task', () => {
  const slow = (name: string, log: string[]) => async () => {
    log.push(`leave ${name}`)
    await sleep(10)
    log.push(`left ${name}`)
  }

  const start = (log: string[], body: () => PromiseLike<unknown>) =>
    createTask(
      exitStack(async (stack) => {
        for (const name of ['a', 'b', 'c']) stack.pushAsyncCallback(slow(name, log))
        return await body()
      }),
    )

  test('leaves everything, to its end', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      const task = start(log, () => sleep(100))
      await sleep(1)
      task.cancel('enough')
      expect(await errorOf(task)).toMatchObject({ reason: 'enough' })
      expect(task.cancelled()).toBe(true)
    })
    expect(log).toEqual(['c', 'b', 'a'].flatMap((name) => [`leave ${name}`, `left ${name}`]))
  })

  test.each([
    [5, ['leave c', 'leave b', 'left b', 'leave a', 'left a']],
    [15, ['leave c', 'left c', 'leave b', 'leave a', 'left a']],
    [25, ['leave c', 'left c', 'leave b', 'left b', 'leave a']],
  ])('that is cancelled at %s ms while it leaves cuts one exit short', async (time, expected) => {
    const log: string[] = []
    await runVirtual(async () => {
      const task = start(log, async () => 'result')
      await sleep(time)
      task.cancel('again')
      const error = await errorOf(task)
      expect(error).toBeInstanceOf(CancelledError)
      expect([(error as CancelledError).reason, task.cancelled()]).toEqual(['again', true])
    })
    expect(log).toEqual(expected)
  })

  test('keeps the error of the body as the cause', async () => {
    await runVirtual(async () => {
      const task = start([], () => Promise.reject(new RangeError('body')))
      await sleep(5)
      task.cancel('again')
      expect(await errorOf(task)).toMatchObject({ reason: 'again', cause: new RangeError('body') })
    })
  })

  test('keeps nothing that it has not entered', async () => {
    const log: string[] = []
    const open = coroutine(async () => {
      await sleep(10)
      return { [Symbol.asyncDispose]: slow('never', log) }
    })
    await runVirtual(async () => {
      const task = createTask(
        exitStack(async (stack) => {
          stack.pushAsyncCallback(slow('a', log))
          await stack.enterAsyncContext(open())
        }),
      )
      await sleep(5)
      task.cancel()
      await errorOf(task)
    })
    expect(log).toEqual(['leave a', 'left a'])
  })
})
