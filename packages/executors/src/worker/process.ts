// The entry of a worker process.
import { readSync, writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { FramedSocket } from '../wire/framed-socket.ts'
import { BEGUN_AT, FIRST_SLOT, INTERRUPTS_AT, type Setup, SLOTS } from '../wire/messages.ts'
import { WorkerLoop } from './worker-loop.ts'

const CHANNEL = 3
const FILE = 4
const flag = Buffer.alloc(1)
const begun = Buffer.alloc(4)
const line = new FramedSocket(CHANNEL)
const slots = new Int32Array(FIRST_SLOT + SLOTS)

line.onEnd = () => process.exit()
line.onMessage = (first) => {
  const setup = first as Setup
  const loop = new WorkerLoop(
    setup,
    {
      post: (message) => line.post(message),
      isSent: () => line.isSent,
      isInterrupted: (slot) => {
        readSync(FILE, flag, 0, 1, INTERRUPTS_AT + slot)
        return flag[0] === 1
      },
      noteBegun: (count) => {
        begun.writeUInt32LE(count)
        writeSync(FILE, begun, 0, begun.length, BEGUN_AT)
      },
      receiveSync: null,
      close: () => line.socket.end(() => process.exit()),
    },
    slots,
  )
  line.onMessage = (message) => loop.receive(message)
  void loop.start()
  watchOwner(setup.owner)
}

/**
 * A process that is busy does not see its socket end. So a thread of its own looks whether the owner of
 * the pool is still there; on the way out, that one kills its workers itself. Its id comes from there:
 * it may be gone before this thread asks who it was.
 */
function watchOwner(owner: number): void {
  const watch = `setInterval(() => {
  let isThere = process.ppid === ${owner}
  try {
    process.kill(${owner}, 0)
  } catch {
    isThere = false
  }
  if (!isThere) process.kill(process.pid, 'SIGKILL')
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
