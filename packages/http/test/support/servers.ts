import { once } from 'node:events'
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import https from 'node:https'
import net, { type AddressInfo, type Socket } from 'node:net'
import { type Coroutine, coroutine, Event, run, timeout } from 'hocket'

/** A server on a free port of loopback; all its connections end with it. */
export interface TestServer extends AsyncDisposable {
  readonly port: number
  /** Without a slash at the end. */
  readonly url: string
  /** Connections that were opened so far. */
  connections(): number
  /** Connections that are open. */
  open(): number
  /** Resolves when none is open. */
  allClosed(): Promise<void>
}

export async function startHttp(
  listener: RequestListener,
  options: { socketPath?: string } = {},
): Promise<TestServer> {
  const server = http.createServer(listener)
  return await listen(server, 'http', options.socketPath)
}

export async function startHttps(
  listener: RequestListener,
  tls: https.ServerOptions,
): Promise<TestServer> {
  return await listen(https.createServer(tls, listener), 'https')
}

/** One that speaks no HTTP unless `listener` does. */
export async function startRaw(listener: (socket: Socket) => void): Promise<TestServer> {
  return await listen(net.createServer(listener), 'http')
}

async function listen(
  server: net.Server,
  scheme: string,
  socketPath?: string,
): Promise<TestServer> {
  const sockets = new Set<Socket>()
  const waiting: (() => void)[] = []
  let opened = 0
  server.on('connection', (socket: Socket) => {
    opened += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0) for (const resolve of waiting.splice(0)) resolve()
    })
  })
  if (socketPath === undefined) server.listen(0, '127.0.0.1')
  else server.listen(socketPath)
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? (address as AddressInfo).port : 0
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    connections: () => opened,
    open: () => sockets.size,
    allClosed: () =>
      sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Runs a program; a test that hangs fails instead. */
export async function runTest<T>(main: () => Promise<T>): Promise<T> {
  return await run(async () => await timeout(20_000, main))
}

export type Reply = (request: IncomingMessage, response: ServerResponse) => void

/** Something that a server tells the test, which may come before anybody waits for it. */
export class Signal<T = void> {
  readonly #event = new Event()
  #value: T | undefined

  tell(value: T): void {
    this.#value = value
    this.#event.set()
  }

  readonly wait: () => Coroutine<T> = coroutine(async () => {
    await this.#event.wait()
    return this.#value as T
  })
}
