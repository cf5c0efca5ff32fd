import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Coroutine, coroutine } from 'hocket'
import { type WebSocket, WebSocketServer } from 'ws'
import { Target } from '../../src/base/target.ts'
import { type ConnectPlan, makeConnect } from '../../src/connector/connect.ts'
import { DnsCache } from '../../src/connector/dns-cache.ts'
import {
  ClientWebSocketResponse,
  type WebSocketBehaviour,
} from '../../src/websocket/client-websocket-response.ts'
import { type HandshakePlan, openWebSocket } from '../../src/websocket/open-websocket.ts'

/** A server for WebSockets on a free port. `next()` gives the other side of the next one. */
export class Site {
  readonly server: Server = createServer()
  readonly wss: WebSocketServer
  readonly connections: WebSocket[] = []
  readonly sockets: Socket[] = []

  constructor(options: object = {}) {
    this.wss = new WebSocketServer({ server: this.server, ...options })
    this.wss.on('connection', (socket) => this.connections.push(socket))
    this.server.on('connection', (socket) => this.sockets.push(socket))
  }

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    return this
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  get last(): WebSocket {
    return this.connections.at(-1) as WebSocket
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    this.wss.close()
    this.server.close()
    if (this.server.listening) await once(this.server, 'close')
  }
}

export function planFor(href: string, changes: Partial<HandshakePlan> = {}): HandshakePlan {
  const target = Target.parse(href)
  const plan: ConnectPlan = {
    target,
    tunnel: null,
    ssl: true,
    fingerprint: null,
    serverHostname: null,
    dns: new DnsCache(0, undefined, 0),
    socketPath: null,
    localAddress: null,
    family: 0,
    allowH2: false,
  }
  return {
    target,
    connect: makeConnect(plan),
    headers: [],
    protocols: [],
    compress: false,
    maxMsgSize: 4 * 1024 * 1024,
    autoping: true,
    ...changes,
  }
}

export type Changes = Partial<HandshakePlan & WebSocketBehaviour>

export const connectTo: (site: Site, changes?: Changes) => Coroutine<ClientWebSocketResponse> =
  coroutine(async (site: Site, changes: Changes = {}) => {
    const { socket, headers, error } = await openWebSocket(planFor(`${site.origin}/chat`, changes))
    if (socket === null) throw error ?? new Error('refused')
    return new ClientWebSocketResponse(socket, new URL(site.origin), headers, {
      heartbeat: null,
      autoping: true,
      receiveTimeout: null,
      closeTimeout: 10_000,
      ...changes,
    })
  })
