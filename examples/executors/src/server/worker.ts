import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { paintPicture } from './picture.ts'

const { delay } = workerData as { delay: number }

// Every picture takes `delay` ms, as if it came from far away.
const server = createServer((request, response) => {
  const number = /^\/pictures\/(\d+)\.bmp$/.exec(request.url ?? '')?.[1]
  if (number === undefined) {
    response.writeHead(404).end()
    return
  }
  const picture = paintPicture(Number(number))
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'image/bmp', 'content-length': picture.length })
    response.end(picture)
  }, delay)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
parentPort?.postMessage((server.address() as AddressInfo).port)
