import { describe, expect, test } from 'vitest'
import { hosts } from '../support/hosts.ts'
import { hostTurn } from '../support/turns.ts'

/** Ten microtasks, each made by the one before. */
async function tenMicrotasks(log: unknown[]): Promise<void> {
  for (let count = 0; count < 10; count += 1) await Promise.resolve()
  log.push('microtasks')
}

describe.each(hosts)('$name', ({ make, isReal }) => {
  test('its clock does not go back', async () => {
    const host = make()
    const times = [host.now()]
    for (let count = 0; count < 5; count += 1) {
      await hostTurn()
      times.push(host.now())
    }
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times.every(Number.isFinite)).toBe(true)
  })

  test('requestTurn calls once, later, when the microtasks have run dry', async () => {
    const host = make()
    const log: string[] = []
    await new Promise<void>((resolve) => {
      host.requestTurn(() => {
        log.push('turn')
        resolve()
      })
      log.push('asked')
      void tenMicrotasks(log)
    })
    await hostTurn()
    await hostTurn()
    expect(log).toEqual(['asked', 'microtasks', 'turn'])
  })

  test('turns come in the order in which they were asked for', async () => {
    const host = make()
    const log: number[] = []
    for (const count of [1, 2, 3]) host.requestTurn(() => log.push(count))
    await new Promise<void>((resolve) => {
      host.requestTurn(resolve)
    })
    expect(log).toEqual([1, 2, 3])
  })

  test('afterMicrotasks calls once, when the microtasks have run dry', async () => {
    const host = make()
    const log: string[] = []
    await new Promise<void>((resolve) => {
      // From a microtask, as the loop does it.
      void Promise.resolve().then(() => {
        host.afterMicrotasks(() => {
          log.push('after')
          resolve()
        })
        void tenMicrotasks(log)
      })
    })
    await hostTurn()
    expect(log).toEqual(['microtasks', 'after'])
  })

  test('nothing is called after cancelWait, nor for Infinity, nor long before its time', async () => {
    const host = make()
    const log: string[] = []
    host.wait(host.now() + 0.5, () => log.push('cancelled'))
    host.cancelWait()
    host.wait(Infinity, () => log.push('infinity'))
    host.cancelWait()
    // Beyond what setTimeout can count.
    host.wait(host.now() + 2 ** 40, () => log.push('far'))
    const other = make()
    await new Promise<void>((resolve) => {
      if (isReal) other.wait(other.now() + 3, resolve)
      else other.requestTurn(resolve)
    })
    host.cancelWait()
    expect(log).toEqual([])
  })

  test('onIdle gives back how to unsubscribe', () => {
    const host = make()
    const stop = host.onIdle(() => {})
    expect(stop).toBeTypeOf('function')
    stop()
  })
})

describe.each(hosts.filter((host) => host.isReal))('$name, in real time', ({ make }) => {
  test('wait calls when the time has come', async () => {
    const host = make()
    const when = host.now() + 1
    await new Promise<void>((resolve) => {
      host.wait(when, resolve)
    })
    // It may be early by mistake, by the rounding of the platform's timer, and no more.
    expect(host.now()).toBeGreaterThan(when - 1)
  })

  test('a time that is over is not waited for', async () => {
    const host = make()
    const called = new Promise<string>((resolve) => {
      host.wait(host.now() - 5, () => resolve('called'))
    })
    expect(await called).toBe('called')
  })

  test('a wait for an earlier time takes the place of a later one', async () => {
    const host = make()
    let calls = 0
    await new Promise<void>((resolve) => {
      const turn = () => {
        calls += 1
        resolve()
      }
      host.wait(host.now() + 60_000, turn)
      host.wait(host.now() + 1, turn)
    })
    expect(calls).toBe(1)
    host.cancelWait()
  })
})
