// The entry of a worker process.
import { readSync } from 'node:fs'
import { Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { FramedSocket } from '../wire/framed-socket.ts'
import { FIRST_SLOT, OFFERED, type Requests, type Setup, SLOTS } from '../wire/messages.ts'
import { WorkerLoop } from './worker-loop.ts'

const CHANNEL = 3
const INTERRUPTS = 4
const flag = Buffer.alloc(1)
const line = new FramedSocket(new Socket({ fd: CHANNEL, readable: true, writable: true }))
const slots = new Int32Array(FIRST_SLOT + SLOTS)

line.onEnd = () => process.exit()
line.onMessage = (first) => {
  const loop = new WorkerLoop(
    first as Setup,
    {
      post: (message) => line.post(message),
      isInterrupted: (slot) => {
        readSync(INTERRUPTS, flag, 0, 1, slot)
        return flag[0] === 1
      },
      receiveSync: null,
      close: () => line.socket.end(() => process.exit()),
    },
    slots,
  )
  line.onMessage = (message) => {
    const [calls] = message as Requests
    for (let index = 0; index < calls.length; index += 4) {
      slots[FIRST_SLOT + (calls[index] as number)] = OFFERED
    }
    loop.receive(message)
  }
  void loop.start()
  watchParent()
}

/**
 * A process that is busy does not see its socket end. So a thread of its own looks whether the parent
 * is still there; on the way out, the parent kills its workers itself.
 */
function watchParent(): void {
  const watch = `const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 500)`
  const thread = new Worker(watch, {
    eval: true,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 },
  })
  thread.unref()
  // Without it the worker works all the same.
  thread.on('error', () => {})
}
