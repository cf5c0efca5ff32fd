import { asyncGenerator, currentTask, type EventLoop, getRunningLoop, sleep } from 'hocket'

/** What happened, with the time and the task of each. */
export class Log {
  readonly lines: string[] = []

  /** Notes `what`, at what time, and in which task. */
  note(what: string): void {
    this.lines.push(`${getRunningLoop().time()} ${what} (${currentTask()?.getName()})`)
  }

  /** The lines since the last call. */
  take(): string[] {
    return this.lines.splice(0)
  }
}

/**
 * The same async generator in both spellings: counts up to `count`, a ms before each number; closing it
 * takes 2 ms.
 */
const framed = asyncGenerator(function* ticker(log: Log, count: number) {
  try {
    for (let tick = 1; tick <= count; tick += 1) {
      yield* sleep(1)
      log.note(`tick ${tick}`)
      yield tick
    }
    return 'over'
  } finally {
    yield* sleep(2)
    log.note('closed')
  }
})

const native = asyncGenerator(async function* ticker(log: Log, count: number) {
  try {
    for (let tick = 1; tick <= count; tick += 1) {
      await sleep(1)
      log.note(`tick ${tick}`)
      yield tick
    }
    return 'over'
  } finally {
    await sleep(2)
    log.note('closed')
  }
})

export type Ticker = typeof framed

export const tickers: [string, Ticker][] = [
  ['a generator function', framed],
  ['an async generator function', native],
]

/** The messages and errors of what `loop` reports from now on. */
export function collectMessages(loop: EventLoop): string[] {
  const messages: string[] = []
  loop.setExceptionHandler((_loop, { message, exception }) => {
    messages.push(exception instanceof Error ? `${message}: ${exception.toString()}` : message)
  })
  return messages
}
