import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contentOf } from './content.ts'

const PIECE_BYTES = 64 * 1024
const KIBIBYTE = 1024
const SIZES = [1, 100, 900, 1_100, 3_000, 9_000].map((size) => size * KIBIBYTE)
const LARGE = 40_000 * KIBIBYTE
const ONE_IS_LARGE_OF = 25

/** A server of files that change, and whose answers break off. */
export interface BadServer {
  readonly origin: string
  sizeOf(file: number): number
  /** From now on the file is another one. */
  change(file: number): void
  /** Calls `then` when so many more bytes have been sent. */
  after(bytes: number, then: () => void): void
  /** From now on it behaves. */
  behave(): void
  close(): Promise<void>
}

export async function startBadServer(random: () => number): Promise<BadServer> {
  const versions = new Map<number, number>()
  let isBad = true
  let left = Infinity
  let onSent = () => {}
  const sizeOf = (file: number) =>
    file % ONE_IS_LARGE_OF === 7 ? LARGE + file : (SIZES[file % SIZES.length] as number) + file

  const server = createServer((request, response) => {
    response.on('error', () => {})
    answer(request, response)
  })

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const file = Number(/\d+/.exec(request.url ?? '')?.[0])
    const size = sizeOf(file)
    const version = versions.get(file) ?? 1
    const etag = `"${file}-${version}"`
    const dice = isBad ? random() : 1
    if (dice < 0.02) {
      response.writeHead(503, { 'retry-after': '0' }).end()
      return
    }
    let [start, end] = [0, size]
    const headers: Record<string, string> = { etag, 'accept-ranges': 'bytes' }
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    const condition = request.headers['if-range']
    if (range !== null && (condition === undefined || condition === etag)) {
      start = Number(range[1])
      end = Math.min(size, Number(range[2]) + 1)
      const said = dice < 0.04 ? 0 : start
      headers['content-range'] = `bytes ${said}-${end - 1}/${size}`
      response.statusCode = 206
    }
    headers['content-length'] = String(end - start)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const cut = dice < 0.15 ? start + Math.floor(random() * (end - start)) : Infinity
    send(response, contentOf(file, version, size), start, end, cut)
  }

  function send(
    response: ServerResponse,
    content: Buffer,
    from: number,
    end: number,
    cut: number,
  ): void {
    let at = from
    while (at < end) {
      if (at >= cut) {
        response.destroy()
        return
      }
      const next = Math.min(at + PIECE_BYTES, end)
      const isTaken = response.write(content.subarray(at, next))
      left -= next - at
      at = next
      if (left <= 0) {
        left = Infinity
        onSent()
      }
      if (!isTaken) {
        response.once('drain', () => send(response, content, at, end, cut))
        return
      }
    }
    response.end()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sizeOf,
    change: (file) => versions.set(file, (versions.get(file) ?? 1) + 1),
    after: (bytes, then) => {
      left = bytes
      onSent = then
    },
    behave: () => {
      isBad = false
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
