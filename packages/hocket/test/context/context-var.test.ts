import { Context, ContextVar, copyContext, RuntimeError } from 'hocket'
import { describe, expect, test } from 'vitest'
import { Token } from '../../src/context/context-var.ts'

describe('ContextVar', () => {
  test('without any value: an error that says what to do, unless there is a fallback', () => {
    const user = new ContextVar<string>('user')
    expect(() => user.get()).toThrow(RuntimeError)
    expect(() => user.get()).toThrow(/'user' has no value here: set it, give get\(\) a fallback/)
    expect(() => user.get()).toThrow(expect.objectContaining({ code: 'ERR_LOOKUP' }))
    expect(user.get('ada')).toBe('ada')
  })

  test('a fallback of undefined is a fallback, and comes before the default', () => {
    const user = new ContextVar<string | undefined>('user', { default: 'nobody' })
    expect(user.get(undefined)).toBe(undefined)
    expect(user.get('ada')).toBe('ada')
    expect(user.get()).toBe('nobody')
  })

  test('a default of undefined is a default, and a value of undefined a value', () => {
    const implicit = new ContextVar<undefined>('implicit', { default: undefined })
    expect(implicit.get()).toBe(undefined)
    new Context().run(() => {
      const explicit = new ContextVar<number | undefined>('explicit', { default: 1 })
      explicit.set(undefined)
      expect(explicit.get()).toBe(undefined)
      expect(explicit.get(2)).toBe(undefined)
    })
  })

  test('its name must be a string', () => {
    expect(() => new ContextVar(5 as never)).toThrow(
      new TypeError('the name of a ContextVar must be a string, got number'),
    )
  })

  test('two variables of one name are two variables', () => {
    new Context().run(() => {
      const [one, two] = [new ContextVar<number>('n'), new ContextVar<number>('n')]
      one.set(1)
      expect(two.get(2)).toBe(2)
    })
  })
})

describe('Token', () => {
  test('puts back the value before, or that there was none', () => {
    new Context().run(() => {
      const user = new ContextVar<string>('user')
      const first = user.set('ada')
      const second = user.set('bob')
      expect([first.var, first.oldValue, second.oldValue]).toEqual([user, Token.MISSING, 'ada'])
      user.reset(second)
      expect(user.get()).toBe('ada')
      user.reset(first)
      expect(user.get('nobody')).toBe('nobody')
    })
  })

  test('is good for one reset', () => {
    new Context().run(() => {
      const user = new ContextVar<string>('user')
      const token = user.set('ada')
      user.reset(token)
      expect(() => user.reset(token)).toThrow(RuntimeError)
      expect(() => user.reset(token)).toThrow("the token of 'user' has been used once")
    })
  })

  test('is good for its variable alone', () => {
    new Context().run(() => {
      const [user, role] = [new ContextVar<string>('user'), new ContextVar<string>('role')]
      const token = user.set('ada')
      expect(() => role.reset(token)).toThrow(RangeError)
      expect(() => role.reset(token)).toThrow("this token is of 'user', not of 'role'")
    })
  })

  test('is good for its context alone, and is not used up by the attempt', () => {
    new Context().run(() => {
      const user = new ContextVar<string>('user')
      const token = user.set('ada')
      copyContext().run(() => {
        expect(() => user.reset(token)).toThrow(RangeError)
        expect(() => user.reset(token)).toThrow("'user' was made in a different Context")
      })
      user.reset(token)
      expect(user.get('nobody')).toBe('nobody')
    })
  })
})

describe('Context', () => {
  test('run() passes arguments and the result, and puts the outer context back', () => {
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const context = new Context()
    const result = context.run(
      (a: number, b: number) => {
        user.set('ada')
        return a + b
      },
      1,
      2,
    )
    expect(result).toBe(3)
    expect(user.get()).toBe('nobody')
    expect(context.get(user)).toBe('ada')
    expect(context.run(() => user.get())).toBe('ada')
  })

  test('run() puts the outer context back after an error, and can be entered again', () => {
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const context = new Context()
    expect(() =>
      context.run(() => {
        user.set('ada')
        throw new Error('inside')
      }),
    ).toThrow('inside')
    expect(user.get()).toBe('nobody')
    expect(context.run(() => user.get())).toBe('ada')
  })

  test('cannot be entered twice at once, directly or through another', () => {
    const context = new Context()
    const enter = () => context.run(() => {})
    expect(() => context.run(enter)).toThrow(RuntimeError)
    expect(() => context.run(enter)).toThrow('cannot enter a Context that is entered already')
    expect(() => context.run(() => new Context().run(enter))).toThrow(RuntimeError)
    expect(() => context.run(() => context.copy().run(() => {}))).not.toThrow()
  })

  test('a copy is independent in both directions', () => {
    const user = new ContextVar<string>('user')
    const original = new Context()
    original.run(() => user.set('ada'))
    const copy = original.copy()
    copy.run(() => user.set('bob'))
    original.run(() => user.set('cyd'))
    expect([original.get(user), copy.get(user)]).toEqual(['cyd', 'bob'])
  })

  test('tells what is in it', () => {
    const [user, role] = [new ContextVar<string>('user'), new ContextVar<string>('role')]
    const context = new Context()
    expect([context.size, context.has(user), context.get(user)]).toEqual([0, false, undefined])
    context.run(() => {
      user.set('ada')
      role.set('admin')
    })
    expect([...context.keys()]).toEqual([user, role])
    expect([...context]).toEqual([
      [user, 'ada'],
      [role, 'admin'],
    ])
    expect([context.size, context.has(role)]).toEqual([2, true])
  })

  test('a list that was asked for does not change under the reader', () => {
    const [user, role] = [new ContextVar<string>('user'), new ContextVar<string>('role')]
    const context = new Context()
    context.run(() => {
      user.set('ada')
      const keys = context.keys()
      role.set('admin')
      expect([...keys]).toEqual([user])
    })
  })
})
