import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const KB = 1024
const MB = 1024 * KB
/** What is written at once of a large body. */
const CHUNK = Buffer.alloc(256 * KB, 'hocket ')

/**
 * The servers that clients are measured with, by name. `small` answers 14 bytes; `files` serves
 * `/BYTES/NAME` after a delay; both know nothing else.
 */
const servers: Readonly<Record<string, (delayMs: number) => Server>> = {
  small: () =>
    createServer((_request, response) => {
      response.setHeader('content-type', 'text/plain')
      response.end('Hello, hocket!')
    }),
  files: (delayMs) => {
    const bodies = new Map<number, Buffer>()
    return createServer((request, response) => {
      const bytes = Number(request.url?.split('/')[1])
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-length': bytes,
        etag: `"${bytes}"`,
      })
      if (request.method === 'HEAD') {
        response.end()
      } else if (bytes > MB) {
        stream(response, bytes)
      } else {
        const body = bodies.get(bytes) ?? Buffer.alloc(bytes, 'hocket ')
        bodies.set(bytes, body)
        if (delayMs === 0) response.end(body)
        else setTimeout(() => response.end(body), delayMs)
      }
    })
  },
}

function stream(response: NodeJS.WritableStream, bytes: number): void {
  let left = bytes
  const write = () => {
    while (left > 0) {
      const chunk = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK
      left -= chunk.length
      if (!response.write(chunk)) {
        response.once('drain', write)
        return
      }
    }
    response.end()
  }
  write()
}

/** Serves until standard input ends; prints the origin. */
export function serveHttp(kind: string, delayMs: number): void {
  const make = servers[kind]
  if (make === undefined) throw new Error(`there is no server '${kind}'`)
  const server = make(delayMs)
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1', 1024, () => {
    process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
  })
  process.stdin.on('end', () => process.exit()).resume()
}
