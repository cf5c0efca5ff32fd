import { createServer, type Server, type ServerResponse } from 'node:http'
import type { Picture } from './pictures.ts'
import { seededRandom } from './random.ts'

const CHUNK_BYTES = 8 * 1024

/** How slowly a picture comes: as if the server were far away. */
interface Pace {
  /** Milliseconds until the first byte. */
  readonly firstByte: number
  /** Milliseconds between two chunks of the body. */
  readonly perChunk: number
}

/** A server of pictures at `/pictures/NAME` that answers each at its own pace, always the same. */
export function createGalleryServer(pictures: Picture[]): Server {
  const byPath = new Map(
    pictures.map((picture, index) => [`/pictures/${picture.name}`, { ...picture, index }]),
  )
  return createServer((request, response) => {
    const picture = byPath.get(new URL(request.url ?? '/', 'http://gallery').pathname)
    if (picture === undefined) {
      response.writeHead(404).end()
      return
    }
    sendSlowly(response, picture.png, paceOf(picture.index))
  })
}

/** Between 120 and 400 ms to the first byte, mostly near 200, then 0.7 to 1.6 KB in a ms. */
function paceOf(index: number): Pace {
  const random = seededRandom(1_000 + index)
  const slowness = random()
  const bytesPerMs = 700 + random() * 900
  return { firstByte: 120 + 280 * slowness * slowness, perChunk: CHUNK_BYTES / bytesPerMs }
}

function sendSlowly(response: ServerResponse, body: Buffer, pace: Pace): void {
  const begun = performance.now() + pace.firstByte
  let sent = 0
  const sendNext = () => {
    if (response.destroyed) return
    if (sent === 0) {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': body.length })
    }
    response.write(body.subarray(sent, sent + CHUNK_BYTES))
    sent += CHUNK_BYTES
    if (sent >= body.length) {
      response.end()
      return
    }
    // Each chunk has its own due time: timers that fire late must not add up.
    const due = begun + (sent / CHUNK_BYTES) * pace.perChunk
    setTimeout(sendNext, due - performance.now())
  }
  setTimeout(sendNext, pace.firstByte)
}
