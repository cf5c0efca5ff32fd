/** What the helper thread is asked. */
export interface HelperRequest {
  readonly id: number
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Uint8Array | null
  /** The most bytes of a body, as they are sent. */
  readonly maxBytes: number
  /** The body of a redirect is not waited for. */
  readonly skipsRedirects: boolean
  readonly tls: object
}

export interface HelperAbort {
  readonly id: number
  readonly abort: true
}

/** What has gone wrong over there. */
export interface HelperFailure {
  /** Whether there was a connection, or even the head of an answer. */
  readonly phase: 'connect' | 'answer' | 'body' | 'limit'
  readonly message: string
  readonly code: string
  readonly received: number
  readonly expected: number | null
}

export interface HelperAnswer {
  readonly status: number
  readonly statusText: string
  /** Names and values by turns. */
  readonly rawHeaders: readonly string[]
  readonly body: Uint8Array<ArrayBuffer>
}

export type HelperReply =
  | { readonly id: number; readonly failure: HelperFailure }
  | { readonly id: number; readonly answer: HelperAnswer }
