import { ClientPayloadError } from '../errors/client-error.ts'

/** One event of a server. */
export interface ServerSentEvent {
  /** `message` where the server named none. */
  readonly type: string
  readonly data: string
  /** The last id that the server gave, with this event or before; empty without. */
  readonly lastEventId: string
}

const LINE_END = /\r\n|\r|\n/g

/**
 * Makes events of the bytes of one `text/event-stream`, however they are cut: the WHATWG's HTML
 * standard, 9.2.6. What has no empty line behind it at the end is no event.
 */
export class SseParser {
  /** The last id that was given. Kept over connections. */
  lastEventId: string
  /** What the last `retry:` said, in ms; null without one. */
  retry: number | null = null
  readonly #decoder = new TextDecoder()
  readonly #maxSize: number
  #rest = ''
  /** The last piece ended in CR: an LF that follows belongs to it. */
  #endedInCr = false
  #type = ''
  #data: string | null = null
  #id: string

  /** `maxSize` is how many characters an event may have. */
  constructor(lastEventId: string, maxSize: number) {
    this.lastEventId = lastEventId
    this.#id = lastEventId
    this.#maxSize = maxSize
  }

  /** The events that are complete with `bytes`. @throws {@link ClientPayloadError} if one is too long */
  push(bytes: Uint8Array): ServerSentEvent[] {
    const events: ServerSentEvent[] = []
    let text = this.#decoder.decode(bytes, { stream: true })
    if (text === '') return events
    if (this.#endedInCr && text.startsWith('\n')) text = text.slice(1)
    this.#endedInCr = text === '' ? false : text.endsWith('\r')
    let at = 0
    for (const end of text.matchAll(LINE_END)) {
      const line = this.#rest + text.slice(at, end.index)
      this.#rest = ''
      at = end.index + end[0].length
      if (line === '') this.#dispatch(events)
      else this.#takeLine(line)
    }
    this.#rest += text.slice(at)
    this.#checkSize(this.#rest.length + (this.#data?.length ?? 0))
    return events
  }

  #takeLine(line: string): void {
    const colon = line.indexOf(':')
    if (colon === 0) return
    const name = colon < 0 ? line : line.slice(0, colon)
    const from = line[colon + 1] === ' ' ? colon + 2 : colon + 1
    const value = colon < 0 ? '' : line.slice(from)
    if (name === 'data') {
      this.#data = this.#data === null ? value : `${this.#data}\n${value}`
      this.#checkSize(this.#data.length)
    } else if (name === 'event') {
      this.#type = value
    } else if (name === 'id') {
      if (!value.includes('\0')) this.#id = value
    } else if (name === 'retry') {
      if (/^\d+$/.test(value)) this.retry = Number(value)
    }
  }

  #dispatch(events: ServerSentEvent[]): void {
    this.lastEventId = this.#id
    const type = this.#type || 'message'
    const data = this.#data
    this.#type = ''
    this.#data = null
    if (data !== null) events.push({ type, data, lastEventId: this.lastEventId })
  }

  #checkSize(size: number): void {
    if (size <= this.#maxSize) return
    throw new ClientPayloadError(
      `expected events of at most ${this.#maxSize} characters, got a longer one: raise maxEventSize`,
    )
  }
}
