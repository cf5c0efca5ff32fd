import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { createTask, EventLoop, getRunningLoop, run, sleep, type TaskSource } from 'hocket'
import { NodeHost } from 'hocket/node'
import { describe, expect, test } from 'vitest'

// Far more than a socket of this machine ever needs; a loop that starves it spins this often.
const MANY = 5_000_000

/** Counts how often the loop lets Node poll I/O. */
class CountingHost extends NodeHost {
  turns = 0

  override requestTurn(turn: () => void): void {
    super.requestTurn(() => {
      this.turns += 1
      turn()
    })
  }
}

interface Spin {
  isOver: boolean
  iterations: number
}

const spinners: [string, (spin: Spin) => TaskSource<void>][] = [
  [
    'an async function',
    (spin) => async () => {
      while (!spin.isOver && spin.iterations < MANY) {
        await sleep(0)
        spin.iterations += 1
      }
    },
  ],
  [
    'a generator',
    (spin) =>
      function* () {
        while (!spin.isOver && spin.iterations < MANY) {
          yield* sleep(0)
          spin.iterations += 1
        }
      },
  ],
]

describe.each(spinners)('a task that spins on sleep(0), as %s', (_name, spinner) => {
  test('does not starve a real socket', async () => {
    const server = createServer((socket) => socket.pipe(socket))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const host = new CountingHost()
    const spin = { isOver: false, iterations: 0 }
    const echo = await run(
      async () => {
        const spinning = createTask(spinner(spin))
        const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
        socket.setEncoding('utf8')
        const answer = once(socket, 'data')
        socket.write('ping')
        const [data] = await answer
        spin.isOver = true
        await spinning
        socket.destroy()
        return data
      },
      { loopFactory: () => new EventLoop({ host }) },
    )
    server.close()
    expect(echo).toBe('ping')
    expect(spin.iterations).toBeGreaterThan(0)
    expect(spin.iterations).toBeLessThan(MANY)
    // No turn of Node's event loop held more than 64 iterations of ours.
    expect(spin.iterations).toBeLessThanOrEqual(host.turns * 64)
  })

  test('does not starve a timer, a callback or another task', async () => {
    const spin = { isOver: false, iterations: 0 }
    const log = await run(async () => {
      const loop = getRunningLoop()
      const log: string[] = []
      const spinning = createTask(spinner(spin))
      const other = createTask(async () => {
        await sleep(1)
        log.push('task')
        await sleep(1)
        spin.isOver = true
      })
      loop.callLater(0.5, () => log.push('timer'))
      loop.callSoon(() => log.push('callback'))
      await other
      await spinning
      return log
    })
    expect(log).toEqual(['callback', 'timer', 'task'])
    expect(spin.iterations).toBeLessThan(MANY)
  })
})

test('callbacks of Node’s own are not starved by callbacks of the loop', async () => {
  let iterations = 0
  const seen = await run(async () => {
    const loop = getRunningLoop()
    let isOver = false
    const again = () => {
      iterations += 1
      if (!isOver && iterations < MANY) loop.callSoon(again)
    }
    loop.callSoon(again)
    const seen: string[] = []
    await new Promise<void>((resolve) => {
      setImmediate(() => {
        seen.push('immediate')
        setTimeout(() => {
          seen.push('timeout')
          isOver = true
          resolve()
        }, 1)
      })
    })
    return seen
  })
  expect(seen).toEqual(['immediate', 'timeout'])
  expect(iterations).toBeLessThan(MANY)
})
