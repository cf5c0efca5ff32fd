import type { IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import { type Coroutine, coroutine, type Future, getRunningLoop } from 'hocket'
import type { ClientOptions, WebSocket } from 'ws'
import type { Target } from '../base/target.ts'
import type { Connect, Destroyable } from '../connector/connect.ts'
import { connectError, requestError } from '../connector/translate-error.ts'

/** What a handshake is made of. */
export interface HandshakePlan {
  /** Of `http:` or `https:`. */
  readonly target: Target
  readonly connect: Connect
  /** Names and values by turns. */
  readonly headers: readonly string[]
  readonly protocols: readonly string[]
  /** Offers to compress messages; a number is the size of the window, 9 to 15 bits. */
  readonly compress: boolean | number
  /** In bytes; 0 for no limit. */
  readonly maxMsgSize: number
  readonly autoping: boolean
}

/** What came of it. */
export interface Handshake {
  /** Open and paused; null where the server did not agree. */
  readonly socket: WebSocket | null
  readonly status: number
  readonly statusText: string
  readonly headers: Headers
  /** What is wrong with an answer that agrees, but not properly. */
  readonly error: Error | null
}

/**
 * Asks a server for a WebSocket. Cancelling it closes the connection at once, however far it has come.
 *
 * @throws {@link ClientConnectionError} if there is no answer
 */
export const openWebSocket: (plan: HandshakePlan) => Coroutine<Handshake> = coroutine(
  function* openWebSocket(plan: HandshakePlan) {
    const outcome = getRunningLoop().createFuture<Handshake>()
    const attempt = new Attempt(plan, outcome)
    try {
      return yield* outcome
    } catch (error) {
      attempt.abort()
      throw error
    }
  },
)

class Attempt {
  readonly #plan: HandshakePlan
  readonly #outcome: Future<Handshake>
  readonly #socket: WebSocket
  #connecting: Destroyable | null = null
  #isConnected = false
  #answer: IncomingMessage | null = null

  constructor(plan: HandshakePlan, outcome: Future<Handshake>) {
    this.#plan = plan
    this.#outcome = outcome
    const { target, protocols, compress, maxMsgSize, autoping } = plan
    const options: ClientOptions = {
      // Node takes lists, too.
      headers: headersOf(plan.headers) as Record<string, string>,
      perMessageDeflate: deflateOf(compress),
      maxPayload: maxMsgSize,
      followRedirects: false,
      autoPong: autoping,
      createConnection: ((_: unknown, created: Created) => this.#connect(created)) as never,
    }
    const url = target.href.replace(/^http/, 'ws').replace(/#.*$/, '')
    const { WebSocket: Class } = ws()
    const socket = new Class(url, [...protocols], options)
    this.#socket = socket
    socket.on('upgrade', (answer) => {
      this.#answer = answer
    })
    socket.once('open', () => {
      // Until somebody listens.
      socket.pause()
      this.#settle(socket, null)
    })
    socket.once('unexpected-response', (request, answer: IncomingMessage) => {
      this.#answer = answer
      answer.on('error', ignore)
      request.destroy()
      this.#settle(null, null)
    })
    socket.on('error', (error) => this.#fail(error))
  }

  abort(): void {
    this.#connecting?.destroy()
    this.#socket.terminate()
  }

  #connect(created: Created): undefined {
    this.#connecting = this.#plan.connect(null, (error, socket) => {
      this.#connecting = null
      this.#isConnected = error === null
      created(error, socket ?? undefined)
    })
  }

  #settle(socket: WebSocket | null, error: Error | null): void {
    const answer = this.#answer
    if (this.#outcome.done() || this.#outcome.getLoop().isClosed()) {
      this.#socket.terminate()
      return
    }
    const headers = new Headers()
    const raw = answer?.rawHeaders ?? []
    for (let i = 0; i < raw.length; i += 2) headers.append(raw[i] as string, raw[i + 1] as string)
    const { statusCode: status = 0, statusMessage: statusText = '' } = answer ?? {}
    this.#outcome.setResult({ socket, status, statusText, headers, error })
  }

  #fail(error: Error): void {
    if (this.#answer !== null) {
      this.#settle(null, error)
      return
    }
    if (this.#outcome.done() || this.#outcome.getLoop().isClosed()) return
    const { hostname, port } = this.#plan.target
    this.#outcome.setException(
      this.#isConnected ? requestError(error, true) : connectError(error, hostname, port),
    )
  }
}

type Created = (error: Error | null, socket: Socket | undefined) => void

function headersOf(raw: readonly string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  const names = new Map<string, string>()
  for (let i = 0; i < raw.length; i += 2) {
    const [given, value] = [raw[i] as string, raw[i + 1] as string]
    const name = names.get(given.toLowerCase()) ?? given
    names.set(given.toLowerCase(), name)
    const before = headers[name]
    if (before === undefined) headers[name] = value
    else headers[name] = [before, value].flat()
  }
  return headers
}

function deflateOf(compress: boolean | number): ClientOptions['perMessageDeflate'] {
  if (typeof compress === 'boolean') return compress
  return compress === 0 ? false : { clientMaxWindowBits: compress }
}

type WsModule = { readonly WebSocket: typeof WebSocket }
let loaded: WsModule | undefined

/** Loaded when the first WebSocket is asked for. */
function ws(): WsModule {
  loaded ??= createRequire(import.meta.url)('ws') as WsModule
  return loaded
}

function ignore(): void {}
