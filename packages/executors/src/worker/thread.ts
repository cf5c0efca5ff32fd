// The entry of a worker thread.
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { FIRST_SLOT, INBOX, INTERRUPTED, type Setup, SLOTS } from '../wire/messages.ts'
import { postTo } from '../wire/post.ts'
import { WorkerLoop } from './worker-loop.ts'

const { port, setup, slots, signal } = workerData as {
  port: MessagePort
  setup: Setup
  slots: Int32Array
  signal: Int32Array
}
if (slots.length < FIRST_SLOT + SLOTS) throw new RangeError('the slots are of another version')

const loop = new WorkerLoop(
  setup,
  {
    post(message, transferList) {
      postTo(port, message, transferList)
      Atomics.add(signal, 0, 1)
      Atomics.notify(signal, 0)
    },
    isSent: () => true,
    isInterrupted: (slot) => Atomics.load(slots, FIRST_SLOT + slot) === INTERRUPTED,
    noteBegun: null,
    receiveSync(timeout) {
      const seen = Atomics.load(slots, INBOX)
      const received = receiveMessageOnPort(port)
      if (received !== undefined) return received.message
      Atomics.wait(slots, INBOX, seen, timeout)
      return receiveMessageOnPort(port)?.message
    },
    close: () => port.close(),
  },
  slots,
)
port.on('message', (message) => loop.receive(message))
port.on('messageerror', (error) => {
  throw error
})
// Without its pool there is nothing to do.
port.on('close', () => process.exit())
await loop.start()
