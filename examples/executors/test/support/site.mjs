// A server in a thread of its own. It tells its port, when it is asked for
// what it will not give, and when whoever asked hangs up.
import { createServer } from 'node:http'
import { parentPort } from 'node:worker_threads'

const server = createServer((request, response) => {
  if (request.url !== '/held') {
    response.writeHead(404).end('nothing here')
    return
  }
  parentPort.postMessage('asked')
  response.on('close', () => parentPort.postMessage('hung up'))
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
