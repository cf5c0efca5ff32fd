import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const LONGEST_SAMPLE_MS = 300_000
const LONGEST_GOODBYE_MS = 2000

/** How a contender is started. */
export interface Command {
  file: string
  args: readonly string[]
}

/** A running contender: it says "ready" when it is warm, and answers each line with a figure. */
export class ContenderProcess {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>

  constructor(command: Command) {
    this.#child = spawn(command.file, command.args, { stdio: ['pipe', 'pipe', 'inherit'] })
    // That it is gone shows at the end of its output.
    this.#child.on('error', () => {})
    this.#child.stdin?.on('error', () => {})
    const output = this.#child.stdout as NodeJS.ReadableStream
    this.#lines = createInterface({ input: output })[Symbol.asyncIterator]()
  }

  /** Waits until it is warm. */
  async ready(): Promise<void> {
    const line = await this.#nextLine()
    if (line !== 'ready') throw new Error(`expected the line 'ready', got '${line}'`)
  }

  async sample(): Promise<number> {
    this.#child.stdin?.write('sample\n')
    const line = await this.#nextLine()
    const figure = Number(line)
    if (line === '' || Number.isNaN(figure)) throw new Error(`expected a figure, got '${line}'`)
    return figure
  }

  /** Ends it, and waits for that: it must not take anything from who is next. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exit = once(this.#child, 'exit')
    // It may have children of its own, which it takes along when it ends by itself.
    this.#child.stdin?.end()
    const overdue = setTimeout(() => this.#child.kill('SIGKILL'), LONGEST_GOODBYE_MS)
    await exit
    clearTimeout(overdue)
  }

  async #nextLine(): Promise<string> {
    const overdue = setTimeout(() => this.#child.kill('SIGKILL'), LONGEST_SAMPLE_MS)
    try {
      const { value, done } = await this.#lines.next()
      if (done === true) throw new Error('it ended before it answered')
      return value
    } finally {
      clearTimeout(overdue)
    }
  }
}
