import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { workerBootstrap } from '../functions/bootstrap.ts'
import { FramedSocket } from '../wire/framed-socket.ts'
import { FIRST_SLOT, type Replies, type Requests, SLOTS } from '../wire/messages.ts'
import type { Death, Link, LinkOptions, ResourceLimits } from './link.ts'
import { WorkerFile } from './worker-file.ts'

/** How long after a process has ended its last messages are waited for. */
const LAST_WORDS_MS = 200

const living = new Set<ChildProcess>()
let watchesExit = false

/** No process outlives its pool's: those that can't see its end are killed here. */
function watchExit(): void {
  if (watchesExit) return
  watchesExit = true
  process.on('exit', () => {
    for (const child of living) child.kill('SIGKILL')
  })
}

/** A worker process, on a socket of its own. It never keeps this process alive; its pool does. */
export class ProcessLink implements Link {
  readonly slots: Int32Array = new Int32Array(FIRST_SLOT + SLOTS)
  readonly isShared = false
  readonly id: number
  onMessage: (message: Replies) => void = () => {}
  onDeath: (death: Death) => void = () => {}
  readonly #child: ChildProcess
  readonly #line: FramedSocket
  readonly #file = new WorkerFile()
  #exit: Death | null = null
  #unreadable: { readonly cause: unknown } | null = null
  #isSilent = false
  #isDead = false

  constructor({ setup, env, resourceLimits }: LinkOptions) {
    watchExit()
    try {
      const { entry, execArgv } = workerBootstrap('process')
      const args = [...execArgv, ...memoryOptions(resourceLimits), fileURLToPath(entry)]
      this.#child = spawn(process.execPath, args, {
        stdio: ['ignore', 'inherit', 'inherit', 'pipe', this.#file.fd],
        env: { ...process.env, ...env },
        windowsHide: true,
      })
    } catch (error) {
      this.#file.close()
      throw error
    }
    living.add(this.#child)
    this.id = this.#child.pid ?? -1
    const socket = this.#child.stdio[3] as Socket
    this.#line = new FramedSocket(socket)
    this.#line.onMessage = (message) => this.onMessage(message as Replies)
    this.#line.onUnreadable = (error) => {
      // Somebody would wait for it for ever.
      this.#unreadable ??= { cause: error }
      this.kill()
    }
    this.#line.onEnd = () => {
      this.#isSilent = true
      this.#settle()
    }
    this.#child.on('error', (error) => this.#ended({ text: 'its process failed', cause: error }))
    this.#child.on('exit', (code, signal) => {
      this.#ended({
        text:
          signal === null
            ? `its process ended with exit code ${code}`
            : `its process was ended by ${signal}`,
      })
    })
    this.#child.unref()
    socket.unref()
    this.#line.post(setup)
  }

  post(message: Requests): void {
    this.#line.post(message)
  }

  setInterrupted(slot: number, isInterrupted: boolean): void {
    this.#file.setInterrupted(slot, isInterrupted)
  }

  hasBegun(_slot: number, number: number): boolean {
    return number <= this.#file.begun()
  }

  receiveSync(): undefined {
    return undefined
  }

  close(): void {
    this.#line.post([[['stop']]])
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  #ended(exit: Death): void {
    if (this.#exit !== null) return
    living.delete(this.#child)
    this.#exit = exit
    if (this.#isSilent) this.#settle()
    // Somebody that it has started may hold its end of the socket open.
    else setTimeout(() => this.#settle(true), LAST_WORDS_MS)
  }

  #settle(isLate = false): void {
    if (this.#isDead || this.#exit === null || !(this.#isSilent || isLate)) return
    this.#isDead = true
    this.#line.socket.destroy()
    this.onDeath({ ...this.#exit, ...this.#unreadable })
    this.#file.close()
  }
}

function memoryOptions(limits: ResourceLimits | undefined): string[] {
  if (limits === undefined) return []
  const { maxOldGenerationSizeMb, maxYoungGenerationSizeMb, stackSizeMb } = limits
  const options: string[] = []
  if (maxOldGenerationSizeMb !== undefined) {
    options.push(`--max-old-space-size=${maxOldGenerationSizeMb}`)
  }
  if (maxYoungGenerationSizeMb !== undefined) {
    options.push(`--max-semi-space-size=${Math.max(1, Math.round(maxYoungGenerationSizeMb / 3))}`)
  }
  if (stackSizeMb !== undefined) options.push(`--stack-size=${Math.round(stackSizeMb * 1024)}`)
  return options
}
