import { setTimeout as delay } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import {
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  EventLoop,
  getRunningLoop,
  run,
  sleep,
} from 'hocket'
import { NodeHost } from 'hocket/node'
import { describe, expect, test } from 'vitest'
import { runVirtual, virtualLoop } from '../support/loop.ts'
import { hostTurn } from '../support/turns.ts'

/** Foreign things to wait for, as programs meet them. */
const foreign: [string, () => PromiseLike<unknown>][] = [
  ['a settled promise', () => Promise.resolve()],
  ['setImmediate', hostTurn],
  ['a timer of Node’s', () => delay(1)],
  [
    'process.nextTick',
    () =>
      new Promise<void>((resolve) => {
        process.nextTick(resolve)
      }),
  ],
  [
    'a message',
    () =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.once('message', () => {
          port1.close()
          resolve()
        })
        port2.postMessage(null)
      }),
  ],
  [
    'an async function of its own',
    async () => {
      await hostTurn()
      await Promise.resolve()
    },
  ],
  [
    'a thenable',
    () => ({
      // biome-ignore lint/suspicious/noThenProperty: a thenable of somebody else's
      then: ((resolve: () => void) => setImmediate(resolve)) as never,
    }),
  ],
  [
    'a stream',
    async () => {
      for await (const chunk of new Blob(['text']).stream()) void chunk
    },
  ],
]

const user = new ContextVar<string>('user', { default: 'nobody' })

describe.each(foreign)('behind %s', (_name, wait) => {
  const whoAmI = () => `${currentTask()?.getName()} ${user.get()}`

  test('an async function is in its task and context, and goes on with Hocket’s awaits', async () => {
    const body = (name: string) => async () => {
      user.set(name.toUpperCase())
      const seen: string[] = []
      for (let round = 0; round < 2; round += 1) {
        await wait()
        seen.push(whoAmI())
        await sleep(1)
        seen.push(whoAmI())
      }
      return seen
    }
    const seen = await runVirtual(async () => {
      const tasks = ['a', 'b'].map((name) => createTask(body(name), { name }))
      return [...(await (tasks[0] ?? [])), ...(await (tasks[1] ?? []))]
    })
    expect(seen).toEqual([...Array(4).fill('a A'), ...Array(4).fill('b B')])
  })

  test('the same below a generator', async () => {
    const native = coroutine(async () => {
      await wait()
      const seen = [whoAmI()]
      await sleep(1)
      return [...seen, whoAmI()]
    })
    const seen = await runVirtual(function* () {
      currentTask()?.setName('main')
      user.set('ada')
      const below = yield* native()
      return [...below, whoAmI()]
    })
    expect(seen).toEqual(['main ada', 'main ada', 'main ada'])
  })

  test('the virtual clock waits for it', async () => {
    const times = await runVirtual(async () => {
      const loop = getRunningLoop()
      const other = createTask(sleep(1000))
      await wait()
      const behind = loop.time()
      await other
      return [behind, loop.time()]
    })
    expect(times).toEqual([0, 1000])
  })

  test('other tasks run meanwhile', async () => {
    const log = await runVirtual(async () => {
      const log: string[] = []
      const other = createTask(async () => {
        for (let count = 0; count < 3; count += 1) {
          log.push(`${count}`)
          await sleep(0)
        }
      })
      await wait()
      await other
      return log
    })
    expect(log).toEqual(['0', '1', '2'])
  })
})

describe('a step that ends in a foreign await', () => {
  test('is over when the microtasks have run dry, so steps do not mix', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      const voice = (name: string) => async () => {
        log.push(`${name}(`)
        for (let count = 0; count < 5; count += 1) await Promise.resolve()
        log.push(')')
        await hostTurn()
      }
      const tasks = [createTask(voice('a')), createTask(voice('b')), createTask(voice('c'))]
      for (const task of tasks) await task
    })
    expect(log.join('')).toBe('a()b()c()')
  })

  test('counts as foreign until the task is Hocket’s again', async () => {
    const loop = virtualLoop()
    const counts: number[] = []
    await runVirtual(async () => {
      const task = createTask(async () => {
        await hostTurn()
        counts.push(loop.statistics().foreign)
        await sleep(1)
        await hostTurn()
      })
      await sleep(0)
      counts.push(loop.statistics().foreign)
      await task
      counts.push(loop.statistics().foreign)
    }, loop)
    expect(counts).toEqual([1, 1, 0])
  })
})

test('callbacks that foreign code calls can start and settle things', async () => {
  const host = new NodeHost()
  const result = await run(
    async () => {
      const loop = getRunningLoop()
      const future = loop.createFuture<string>()
      setImmediate(() => {
        const task = loop.createTask(sleep(1, 'task'))
        task.addDoneCallback((done) => future.setResult(done.result()))
      })
      return await future
    },
    { loopFactory: () => new EventLoop({ host }) },
  )
  expect(result).toBe('task')
})
