// The entry of a worker process.
import { Socket } from 'node:net'
import { FramedSocket } from '../wire/framed-socket.ts'
import { FIRST_SLOT, OFFERED, type Requests, type Setup, SLOTS } from '../wire/messages.ts'
import { WorkerLoop } from './worker-loop.ts'

const CHANNEL = 3
const line = new FramedSocket(new Socket({ fd: CHANNEL, readable: true, writable: true }))
const slots = new Int32Array(FIRST_SLOT + SLOTS)

line.onEnd = () => process.exit()
line.onMessage = (first) => {
  const loop = new WorkerLoop(
    first as Setup,
    {
      post: (message) => line.post(message),
      receiveSync: null,
      close: () => line.socket.end(() => process.exit()),
    },
    slots,
  )
  line.onMessage = (message) => {
    const [calls, orders] = message as Requests
    for (let index = 0; index < calls.length; index += 4) {
      slots[FIRST_SLOT + (calls[index] as number)] = OFFERED
    }
    for (const order of orders ?? []) loop.noteInterrupt(order)
    loop.receive(message)
  }
  void loop.start()
}
