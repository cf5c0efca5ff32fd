// A server in a thread of its own: the tests block theirs. It tells its
// port, and when somebody hangs up who will get no answer.
import { createServer } from 'node:http'
import { parentPort } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'

const pages = {
  '/headers': (request, response) => response.end(JSON.stringify(request.headers)),
  '/moved': (_, response) => response.writeHead(302, { location: '/headers' }).end(),
  '/gzip': (_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('inflated'))
  },
  '/big': (_, response) => response.end(Buffer.alloc(3_000_000, 'x')),
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': 1000 })
    response.write('x', () => response.socket.destroy())
  },
  '/never': (_, response) => {
    response.on('close', () => parentPort.postMessage('hung up'))
  },
  '/held': (_, response) => {
    parentPort.postMessage('asked')
    response.on('close', () => parentPort.postMessage('hung up'))
  },
}

const server = createServer((request, response) => {
  const page = pages[request.url]
  if (page === undefined) response.writeHead(404).end('nothing here')
  else page(request, response)
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
