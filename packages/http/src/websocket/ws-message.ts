/** What a message of a WebSocket is. aiohttp.WSMsgType. */
export const WSMsgType = {
  /** Never handed out: messages come whole. */
  CONTINUATION: 0x0,
  TEXT: 0x1,
  BINARY: 0x2,
  /** The other side has closed. */
  CLOSE: 0x8,
  PING: 0x9,
  PONG: 0xa,
  /** This side is closing: `close()` was called while somebody waited. */
  CLOSING: 0x100,
  /** The connection is closed. */
  CLOSED: 0x101,
  /** The other side broke the protocol, or did not answer a ping. */
  ERROR: 0x102,
} as const
export type WSMsgType = (typeof WSMsgType)[keyof typeof WSMsgType]

/** Why a WebSocket is closed: RFC 6455 7.4.1. aiohttp.WSCloseCode. */
export const WSCloseCode = {
  OK: 1000,
  GOING_AWAY: 1001,
  PROTOCOL_ERROR: 1002,
  UNSUPPORTED_DATA: 1003,
  /** The other side gave no code. Never sent. */
  NO_STATUS: 1005,
  /** The connection broke. Never sent. */
  ABNORMAL_CLOSURE: 1006,
  INVALID_TEXT: 1007,
  POLICY_VIOLATION: 1008,
  MESSAGE_TOO_BIG: 1009,
  MANDATORY_EXTENSION: 1010,
  INTERNAL_ERROR: 1011,
  SERVICE_RESTART: 1012,
  TRY_AGAIN_LATER: 1013,
  BAD_GATEWAY: 1014,
} as const
export type WSCloseCode = (typeof WSCloseCode)[keyof typeof WSCloseCode]

/** One message as `receive()` gives it: `type` says what `data` and `extra` are. */
export class WSMessageOf<T extends WSMsgType, D, E> {
  readonly type: T
  readonly data: D
  readonly extra: E

  constructor(type: T, data: D, extra: E) {
    this.type = type
    this.data = data
    this.extra = extra
  }

  /**
   * What the text, or the text in the bytes, is as JSON.
   *
   * @throws {@link SyntaxError} if it is none
   * @throws {@link TypeError} if the message has no text
   */
  json<J = unknown>(): J {
    if (typeof this.data === 'string') return JSON.parse(this.data) as J
    if (this.data instanceof Uint8Array) return JSON.parse(new TextDecoder().decode(this.data)) as J
    throw new TypeError(`expected a message with text or bytes, got ${nameOf(this.type)}`)
  }
}

/** A message of a WebSocket. aiohttp.WSMessage. */
export type WSMessage =
  | WSMessageOf<typeof WSMsgType.TEXT, string, null>
  | WSMessageOf<
      typeof WSMsgType.BINARY | typeof WSMsgType.PING | typeof WSMsgType.PONG,
      Uint8Array,
      null
    >
  /** `data` is the code, `extra` the reason. */
  | WSMessageOf<typeof WSMsgType.CLOSE, number, string>
  | WSMessageOf<typeof WSMsgType.CLOSING | typeof WSMsgType.CLOSED, null, null>
  | WSMessageOf<typeof WSMsgType.ERROR, Error, null>

export const CLOSING_MESSAGE: WSMessage = new WSMessageOf(WSMsgType.CLOSING, null, null)
export const CLOSED_MESSAGE: WSMessage = new WSMessageOf(WSMsgType.CLOSED, null, null)

/** How much of a connection's memory it takes. */
export function sizeOf({ data }: WSMessage): number {
  if (typeof data === 'string') return data.length
  return data instanceof Uint8Array ? data.length : 0
}

export function nameOf(type: WSMsgType): string {
  for (const [name, value] of Object.entries(WSMsgType)) if (value === type) return name
  return String(type)
}
