import { createTask, sleep } from 'hocket'
import { type Chooser, ReadyQueue } from 'hocket/lowlevel'
import { describe, expect, test } from 'vitest'
import { runVirtual, virtualLoop } from '../support/loop.ts'

/** Five callbacks and what they make, in the order in which `chooser` has them run. */
async function orderBy(chooser: Chooser | null): Promise<string> {
  const loop = virtualLoop()
  const log: string[] = []
  loop._ready.chooser = chooser
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    loop.callSoon(() => {
      log.push(name)
      if (name < 'd') loop.callSoon(() => log.push(name.toUpperCase()))
    })
  }
  await runVirtual(async () => await sleep(1), loop)
  return log.join('')
}

describe('a chooser', () => {
  test('decides what of an iteration runs next; without one the order is FIFO', async () => {
    expect(await orderBy(null)).toBe('abcdeABC')
    expect(await orderBy(() => 0)).toBe('abcdeABC')
    expect(await orderBy((count) => count - 1)).toBe('edcbaABC')
    expect(await orderBy((count) => (count > 2 ? 1 : 0))).toBe('bcdeaCBA')
  })

  test('is told how many are left of the iteration, and may look at each', async () => {
    const loop = virtualLoop()
    const seen: string[] = []
    loop._ready.chooser = (count, at) => {
      const names = Array.from({ length: count }, (_each, index) => `${at(index)}`)
      seen.push(names.join(' '))
      return count - 1
    }
    function one() {
      loop.callSoon(function three() {})
    }
    loop.callSoon(one)
    loop.callSoon(function two() {})
    loop.stop()
    await loop.runForever()
    expect(seen).toEqual(['<Handle one> <Handle two>', '<Handle one>'])
  })

  test('reorders tasks, in both spellings, and their results stay right', async () => {
    const loop = virtualLoop()
    loop._ready.chooser = (count) => count - 1
    const log: string[] = []
    const result = await runVirtual(async () => {
      const tasks = ['a', 'b', 'c', 'd'].map((name, index) =>
        createTask(
          index % 2 === 0
            ? async () => {
                log.push(name)
                await sleep(0)
                log.push(name)
                return name
              }
            : function* () {
                log.push(name)
                yield* sleep(0)
                log.push(name)
                return name
              },
        ),
      )
      const results: string[] = []
      for (const task of tasks) results.push(await task)
      return results.join('')
    }, loop)
    // The later half of the tasks has become the earlier one, and again.
    expect([log.join(''), result]).toEqual(['dcbaabcd', 'abcd'])
  })
})

test('a queue of its own is FIFO', () => {
  const loop = virtualLoop()
  const queue = new ReadyQueue()
  const handles = [1, 2, 3].map(() => loop.callSoon(() => {}))
  for (const handle of handles) queue.push(handle)
  expect([queue.takeNext(3), queue.takeNext(2), queue.takeNext(1)]).toEqual(handles)
})
