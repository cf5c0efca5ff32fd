import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { MessagePort } from 'node:worker_threads'
import type { HelperAbort, HelperAnswer, HelperFailure, HelperRequest } from './helper-messages.ts'

/**
 * What the helper thread runs. It travels as text, since no thread can be started from a `.ts` file
 * everywhere: it may use nothing from around it, and gets Node's modules by `require`.
 */
export function helperThread(require: (name: string) => never): void {
  const { workerData } = require('node:worker_threads') as typeof import('node:worker_threads')
  const http = require('node:http') as typeof import('node:http')
  const https = require('node:https') as typeof import('node:https')
  const { port, bell } = workerData as { port: MessagePort; bell: Int32Array }
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  }
  const idempotent = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']
  // Those that are followed, so that nobody looks at their bodies.
  const redirects = [301, 302, 303, 307, 308]
  const smallRest = 64 * 1024
  const underWay = new Map<number, ClientRequest>()

  function ring(): void {
    Atomics.add(bell, 0, 1)
    Atomics.notify(bell, 0)
  }

  /** The reply is in the port before the bell rings. */
  function reply(id: number, outcome: { failure: HelperFailure } | { answer: HelperAnswer }): void {
    if (!underWay.delete(id)) return
    const transfer = 'answer' in outcome ? [outcome.answer.body.buffer] : []
    port.postMessage({ id, ...outcome }, transfer)
    ring()
  }

  function describe(error: NodeJS.ErrnoException): string {
    if (error.message !== '') return error.message
    const inner = (error as { errors?: Error[] }).errors ?? []
    return inner.map((one) => one.message).join('; ') || (error.code ?? error.name)
  }

  function start(asked: HelperRequest, isSecondTry: boolean): void {
    const { id, url, method, headers, body, tls } = asked
    const isSecure = url.startsWith('https:')
    let isConnected = false
    const request = (isSecure ? https : http).request(url, {
      ...tls,
      method,
      headers: headers as Record<string, string | string[]>,
      agent: agents[isSecure ? 'https:' : 'http:'],
    })
    underWay.set(id, request)
    request.on('socket', (socket) => {
      if (request.reusedSocket) isConnected = true
      else {
        socket.once(isSecure ? 'secureConnect' : 'connect', () => {
          isConnected = true
        })
      }
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      // The server may have closed a connection that was kept, at the very moment it was used.
      const isStale = request.reusedSocket && error.code === 'ECONNRESET'
      if (isStale && !isSecondTry && idempotent.includes(method) && underWay.has(id)) {
        start(asked, true)
        return
      }
      fail(id, isConnected ? 'answer' : 'connect', error, 0, null)
    })
    request.on('response', (response) => read(asked, request, response))
    // Node tells of these, and of nothing after them.
    for (const event of ['upgrade', 'connect']) {
      request.on(event, ({ statusCode }: IncomingMessage, socket: Socket) => {
        socket.destroy()
        const message = `expected an answer, got a change of protocol (${statusCode})`
        fail(id, 'answer', new Error(message), 0, null)
      })
    }
    if (body === null) request.end()
    else request.end(body)
  }

  function fail(
    id: number,
    phase: HelperFailure['phase'],
    error: NodeJS.ErrnoException,
    received: number,
    expected: number | null,
  ): void {
    const { code = '' } = error
    reply(id, { failure: { phase, message: describe(error), code, received, expected } })
  }

  function read(asked: HelperRequest, request: ClientRequest, response: IncomingMessage): void {
    const { id, method, maxBytes, skipsRedirects } = asked
    const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders } = response
    const length = response.headers['content-length']
    const expected = length === undefined || method === 'HEAD' ? null : Number(length)
    const done = (body: Uint8Array<ArrayBuffer>) => {
      reply(id, { answer: { status, statusText, rawHeaders, body } })
    }
    response.on('error', () => {})
    const hasLocation = (response.headers.location ?? response.headers['uri']) !== undefined
    if (skipsRedirects && redirects.includes(status) && hasLocation) {
      if (expected !== null && expected <= smallRest) response.resume()
      else request.destroy()
      done(new Uint8Array(0))
      return
    }
    const chunks: Uint8Array[] = []
    let received = 0
    response.on('data', (chunk: Uint8Array) => {
      received += chunk.length
      chunks.push(chunk)
      if (received <= maxBytes) return
      fail(id, 'limit', new Error(`the body is longer than ${maxBytes} bytes`), received, expected)
      request.destroy()
    })
    response.on('close', () => {
      if (!response.complete) {
        fail(id, 'body', new Error('the connection was closed'), received, expected)
        return
      }
      const body = new Uint8Array(received)
      let at = 0
      for (const chunk of chunks) {
        body.set(chunk, at)
        at += chunk.length
      }
      done(body)
    })
  }

  port.on('message', (message: HelperRequest | HelperAbort) => {
    if (!('abort' in message)) {
      try {
        start(message, false)
      } catch (error) {
        underWay.set(message.id, undefined as never)
        fail(message.id, 'answer', error as Error, 0, null)
      }
      return
    }
    const request = underWay.get(message.id)
    underWay.delete(message.id)
    request?.destroy()
  })
  // Whoever waits must not wait for a thread that is gone.
  process.on('exit', () => {
    Atomics.store(bell, 1, 1)
    ring()
  })
}
