// biome-ignore-all lint/correctness/useYield: many a greenlet here only begins and ends
import {
  currentGreenlet,
  Greenlet,
  GreenletExit,
  greenlet,
  mainGreenlet,
  RuntimeError,
  run,
  type Transfer,
} from 'hocket'
import { describe, expect, test } from 'vitest'

describe('switching', () => {
  test('goes to and fro, with a value each way', () => {
    const log: unknown[] = []
    const ping: Greenlet = greenlet(function* (first: unknown) {
      log.push(['ping got', first])
      log.push(['ping got', yield* pong.switch('from ping')])
      log.push(['ping got', yield* pong.switch('from ping again')])
      return 'ping is over'
    })
    const pong: Greenlet = greenlet(function* (first: unknown) {
      log.push(['pong got', first])
      log.push(['pong got', yield* ping.switch('from pong')])
      yield* ping.switch('last')
    })
    expect(ping.resume('from main')).toBe('ping is over')
    expect(log).toEqual([
      ['ping got', 'from main'],
      ['pong got', 'from ping'],
      ['ping got', 'from pong'],
      ['pong got', 'from ping again'],
      ['ping got', 'last'],
    ])
  })

  test('keeps the place between entries from ordinary code', () => {
    const counter = greenlet(function* (start: number) {
      let count = start
      for (;;) count += (yield* mainGreenlet.switch(count)) as number
    })
    expect([counter.resume(10), counter.resume(1), counter.resume(5)]).toEqual([10, 11, 16])
    expect(counter.dead).toBe(false)
  })

  test('hands on none, one or several values', () => {
    const echo = greenlet(function* (...first: unknown[]) {
      let got: unknown = first
      for (;;) got = yield* mainGreenlet.switch(got)
    })
    expect(echo.resume(1, 2)).toEqual([1, 2])
    expect(echo.resume()).toBe(undefined)
    expect(echo.resume('one')).toBe('one')
    expect(echo.resume(1, 2, 3)).toEqual([1, 2, 3])
    const several = greenlet(function* () {
      yield* mainGreenlet.switch('a', 'b')
    })
    expect(several.resume()).toEqual(['a', 'b'])
  })

  test('to itself gives the value back at once', () => {
    const own: Greenlet = greenlet(function* () {
      return [yield* own.switch('self'), currentGreenlet() === own]
    })
    expect(own.resume()).toEqual(['self', true])
  })

  test('a hundred thousand times needs no stack', () => {
    let count = 0
    const body = (other: () => Greenlet) =>
      function* () {
        while (count < 100_000) {
          count += 1
          yield* other().switch()
        }
      }
    const a: Greenlet = greenlet(body(() => b))
    const b: Greenlet = greenlet(body(() => a))
    a.resume()
    expect(count).toBe(100_000)
  })

  test('works through helpers that are generators themselves', () => {
    const ask = function* (question: string) {
      return yield* mainGreenlet.switch(question)
    }
    const dialog = greenlet(function* () {
      const name = yield* ask('name?')
      return `hello ${name}`
    })
    expect([dialog.resume(), dialog.resume('ada')]).toEqual(['name?', 'hello ada'])
  })
})

describe('where one is', () => {
  test('currentGreenlet is the running one, and main outside', () => {
    const seen: boolean[] = [currentGreenlet() === mainGreenlet]
    const inner: Greenlet = greenlet(function* () {
      seen.push(currentGreenlet() === inner)
      yield* mainGreenlet.switch()
      seen.push(currentGreenlet() === inner)
    })
    inner.resume()
    seen.push(currentGreenlet() === mainGreenlet)
    inner.resume()
    seen.push(currentGreenlet() === mainGreenlet)
    expect(seen).toEqual([true, true, true, true, true])
  })

  test('the parent is who makes it, unless another is given', () => {
    let parents: unknown[] = []
    const maker: Greenlet = greenlet(function* () {
      const own = greenlet(function* () {})
      const given = greenlet(function* () {}, mainGreenlet)
      parents = [own.parent === maker, given.parent === mainGreenlet]
    })
    maker.resume()
    expect(parents).toEqual([true, true])
    expect([maker.parent === mainGreenlet, mainGreenlet.parent]).toEqual([true, null])
    expect(maker).toBeInstanceOf(Greenlet)
  })
})

describe('an end', () => {
  test('hands the result to the parent', () => {
    const child = (): Greenlet =>
      greenlet(function* () {
        return 'child is over'
      })
    const parent = greenlet(function* () {
      return ['parent got', yield* child().switch()]
    })
    expect(parent.resume()).toEqual(['parent got', 'child is over'])
  })

  test('hands an error to the parent, which may catch it', () => {
    const parent = greenlet(function* () {
      const child = greenlet(function* () {
        throw new RangeError('child')
      })
      try {
        return yield* child.switch()
      } catch (error) {
        return [(error as Error).message, child.dead]
      }
    })
    expect(parent.resume()).toEqual(['child', true])
  })

  test('hands an error nobody catches to ordinary code', () => {
    const failing = greenlet(function* () {
      throw new RangeError('failed')
    })
    expect(() => failing.resume()).toThrow(new RangeError('failed'))
    expect([failing.dead, currentGreenlet() === mainGreenlet]).toEqual([true, true])
  })

  test('goes to the parent that it has then', () => {
    const log: unknown[] = []
    const heir = greenlet(function* (first: unknown) {
      log.push(first)
    })
    const child = greenlet(function* () {
      return 'inheritance'
    })
    child.parent = heir
    child.resume()
    expect(log).toEqual(['inheritance'])
  })

  test('a switch to a dead one goes to its parent, with the value', () => {
    const over = greenlet(function* () {})
    expect([over.dead, over.resume(), over.dead]).toEqual([false, undefined, true])
    expect(over.resume('hello')).toBe('hello')
    expect(over.resume(1, 2)).toEqual([1, 2])
  })
})

describe('throw', () => {
  test('lands where the greenlet stands', () => {
    const log: string[] = []
    const patient: Greenlet = greenlet(function* () {
      try {
        return yield* mainGreenlet.switch('waiting')
      } catch (error) {
        log.push((error as Error).message)
        return 'recovered'
      }
    })
    const thrower = greenlet(function* () {
      return yield* patient.throw(new RangeError('thrown'))
    })
    expect(patient.resume()).toBe('waiting')
    expect([thrower.resume(), log]).toEqual(['recovered', ['thrown']])
  })

  test('into one that has not begun ends it, and the error goes to its parent', () => {
    const log: string[] = []
    const fresh = greenlet(function* () {
      log.push('ran')
    })
    const thrower = greenlet(function* () {
      yield* fresh.throw(new RangeError('thrown'))
    })
    expect(() => thrower.resume()).toThrow('thrown')
    expect([fresh.dead, log]).toEqual([true, []])
  })

  test('without an error ends it quietly by a GreenletExit, and finally runs', () => {
    const log: string[] = []
    const patient = greenlet(function* () {
      try {
        yield* mainGreenlet.switch()
      } finally {
        log.push('finally')
      }
    })
    const thrower = greenlet(function* () {
      return yield* patient.throw()
    })
    patient.resume()
    const result = thrower.resume()
    expect(result).toBeInstanceOf(GreenletExit)
    expect([(result as Error).name, patient.dead, log]).toEqual(['GreenletExit', true, ['finally']])
  })

  test('into a dead one goes to its parent', () => {
    const over = greenlet(function* () {})
    over.resume()
    const thrower = greenlet(function* () {
      yield* over.throw(new RangeError('thrown'))
    })
    expect(() => thrower.resume()).toThrow('thrown')
  })
})

describe('misuse', () => {
  test('resume() inside a greenlet is refused', () => {
    const other = greenlet(function* () {})
    const outer = greenlet(function* () {
      other.resume()
    })
    expect(() => outer.resume()).toThrow(RuntimeError)
    const again = greenlet(function* () {
      other.resume()
    })
    expect(() => again.resume()).toThrow(/^resume\(\) was called inside a greenlet: write yield\*/)
  })

  test.each([
    [5, 'a number'],
    [undefined, 'undefined'],
    [Promise.resolve(), 'a Promise'],
  ])('a yield of %o is refused', (value, got) => {
    const wrong = greenlet(function* () {
      yield value as unknown as Transfer
    })
    expect(() => wrong.resume()).toThrow(
      new RuntimeError(
        `a greenlet yielded ${got}: it can only yield* the switch() or throw() of a greenlet`,
      ),
    )
    expect(wrong.dead).toBe(true)
  })

  test('greenlet() wants a function', () => {
    expect(() => greenlet({} as never)).toThrow(
      new TypeError('greenlet() expected a generator function, got an Object'),
    )
  })

  test('a body that is no generator function is told what it must be', () => {
    const wrong = greenlet((() => 5) as never)
    expect(() => wrong.resume()).toThrow(/expected a generator function/)
  })

  test('a ring of parents is refused, as in Python', () => {
    const one = greenlet(function* () {})
    const two = greenlet(function* () {}, one)
    expect(() => {
      one.parent = two
    }).toThrow(RangeError)
  })
})

test('greenlets run inside a step of a task as anywhere else', async () => {
  const doubler = greenlet(function* (first: number) {
    let got = first
    for (;;) got = (yield* mainGreenlet.switch(2 * got)) as number
  })
  const result = await run(async () => [doubler.resume(2), doubler.resume(3)])
  expect(result).toEqual([4, 6])
})
