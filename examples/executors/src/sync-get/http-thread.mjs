// The thread that does the requests of sync-get.ts. It is plain JavaScript: a thread can't be started
// from a .ts file on Node 20.
import { workerData } from 'node:worker_threads'

const { port, bell } = workerData
const underWay = new Map()

port.on('message', ({ id, abort, url, headers, maxBytes }) => {
  if (abort) underWay.get(id)?.abort()
  else void get(id, url, headers, maxBytes)
})

async function get(id, url, headers, maxBytes) {
  const controller = new AbortController()
  underWay.set(id, controller)
  let reply
  let transferList = []
  try {
    const response = await fetch(url, { headers, signal: controller.signal })
    const body = await readBody(response, maxBytes)
    const { status, statusText } = response
    reply = { id, status, statusText, url: response.url, headers: [...response.headers], body }
    transferList = [body.buffer]
  } catch (error) {
    controller.abort()
    // fetch says why in the cause.
    const { message, code } = error.cause ?? error
    reply = { id, failure: { message: message || error.message, code } }
  } finally {
    underWay.delete(id)
  }
  port.postMessage(reply, transferList)
  // The reply is in the port before the bell rings.
  Atomics.add(bell, 0, 1)
  Atomics.notify(bell, 0)
}

async function readBody(response, maxBytes) {
  const chunks = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new Error(`the body is longer than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  const body = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.length
  }
  return body
}
