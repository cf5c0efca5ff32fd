// A server in a thread of its own: the tests block theirs. It tells its
// port, and when somebody hangs up who will get no answer.
import { createServer } from 'node:http'
import { parentPort } from 'node:worker_threads'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

const connections = new Set()

const encoded = (coding, bytes) => (_, response) => {
  response.writeHead(200, { 'content-encoding': coding }).end(bytes)
}

const pages = {
  '/echo': async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    const body = Buffer.concat(chunks).toString('latin1')
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.end(JSON.stringify({ method, url, headers, body, connections: connections.size }))
  },
  '/moved': (_, response) =>
    response.writeHead(302, { location: '/echo?moved#there' }).end('moved'),
  '/moved-long': (_, response) => {
    response.writeHead(302, { location: '/echo' }).end(Buffer.alloc(3_000_000))
  },
  '/moved-for-good': (_, response) => response.writeHead(308, { location: '/echo' }).end(),
  '/choices': (_, response) => response.writeHead(300, { location: '/echo' }).end('choices'),
  '/switched': ({ socket }) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n')
  },
  '/away': (_, response) => response.writeHead(302, { location: 'ftp://example.org/' }).end(),
  '/circle': (_, response) => response.writeHead(302, { location: '/circle' }).end(),
  '/sets': (_, response) => {
    response.writeHead(302, { location: '/echo', 'set-cookie': ['a=1; Path=/', 'b=2'] }).end()
  },
  '/gzip': encoded('gzip', gzipSync('inflated')),
  '/deflate': encoded('deflate', deflateSync('inflated')),
  '/deflate-raw': encoded('deflate', deflateRawSync('inflated')),
  '/br': encoded('br', brotliCompressSync('inflated')),
  // As zstd 1.5 writes it: one raw block, and no checksum.
  '/zstd': encoded('zstd', Buffer.from('28b52ffd2008410000696e666c61746564', 'hex')),
  '/bomb': encoded('gzip', gzipSync(Buffer.alloc(10_000_000))),
  '/no-gzip': encoded('gzip', 'plain'),
  '/latin1': (_, response) => {
    response.setHeader('content-type', 'text/plain; charset=iso-8859-1')
    response.end(Buffer.from('\u00e9', 'latin1'))
  },
  '/big': (_, response) => response.end(Buffer.alloc(3_000_000, 'x')),
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': 1000 })
    response.write('x', () => response.socket.destroy())
  },
  '/nothing': (request) => request.socket.destroy(),
  '/never': (_, response) => {
    response.on('close', () => parentPort.postMessage('hung up'))
  },
}

const server = createServer((request, response) => {
  const page = pages[new URL(request.url, 'http://localhost').pathname]
  if (page === undefined) response.writeHead(404).end('nothing here')
  else page(request, response)
})
server.on('connection', (socket) => {
  connections.add(socket)
  socket.on('close', () => connections.delete(socket))
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
