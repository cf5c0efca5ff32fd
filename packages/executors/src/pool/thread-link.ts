import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { workerBootstrap } from '../functions/bootstrap.ts'
import {
  BEGUN,
  FIRST_SLOT,
  INBOX,
  INTERRUPTED,
  OFFERED,
  type Replies,
  type Requests,
  SLOTS,
} from '../wire/messages.ts'
import { postTo } from '../wire/post.ts'
import type { Death, Link, LinkOptions } from './link.ts'

/** A worker thread. It never keeps the process alive; its pool does while calls are under way. */
export class ThreadLink implements Link {
  readonly slots: Int32Array = new Int32Array(
    new SharedArrayBuffer((FIRST_SLOT + SLOTS) * Int32Array.BYTES_PER_ELEMENT),
  )
  readonly isShared = true
  readonly id: number
  onMessage: (message: Replies) => void = () => {}
  onDeath: (death: Death) => void = () => {}
  readonly #worker: Worker
  readonly #port: MessagePort
  #error: unknown = null

  constructor({ setup, env, resourceLimits, signal }: LinkOptions) {
    const { port1, port2 } = new MessageChannel()
    const { entry, execArgv } = workerBootstrap('thread')
    this.#worker = new Worker(entry, {
      name: setup.name,
      execArgv,
      workerData: { port: port2, setup, slots: this.slots, signal },
      transferList: [port2],
      ...(env === undefined ? {} : { env }),
      ...(resourceLimits === undefined ? {} : { resourceLimits: { ...resourceLimits } }),
    })
    this.id = this.#worker.threadId
    this.#port = port1
    this.#port.on('message', (message: Replies) => this.onMessage(message))
    this.#port.on('messageerror', (error) => {
      // Whatever it was, somebody would wait for it for ever.
      this.#error ??= error
      this.kill()
    })
    this.#port.unref()
    this.#worker.on('error', (error) => {
      this.#error = error
    })
    this.#worker.on('exit', (code) => this.#exited(code))
    this.#worker.unref()
  }

  post(message: Requests, transferList: readonly object[]): void {
    postTo(this.#port, message, transferList)
    Atomics.add(this.slots, INBOX, 1)
    Atomics.notify(this.slots, INBOX)
  }

  setInterrupted(slot: number, isInterrupted: boolean): void {
    if (isInterrupted) Atomics.compareExchange(this.slots, FIRST_SLOT + slot, BEGUN, INTERRUPTED)
  }

  hasBegun(slot: number): boolean {
    return Atomics.load(this.slots, FIRST_SLOT + slot) !== OFFERED
  }

  receiveSync(): Replies | undefined {
    return receiveMessageOnPort(this.#port)?.message as Replies | undefined
  }

  close(): void {
    this.post([[['stop']]], [])
  }

  kill(): void {
    void this.#worker.terminate()
  }

  #exited(code: number): void {
    for (let message = this.receiveSync(); message !== undefined; message = this.receiveSync()) {
      this.onMessage(message)
    }
    this.#port.close()
    const text = `its thread ended with exit code ${code}`
    this.onDeath(this.#error === null ? { text } : { text, cause: this.#error })
  }
}
