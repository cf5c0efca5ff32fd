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

/**
 * What is wrong with a picture. `slow`: it takes long. `busy`: its first answer is 503, and a second
 * request gets it. `broken`: the connection is cut in the middle of it, each time.
 */
export type Flaw = 'slow' | 'busy' | 'broken'

/** The pictures at a third, a half and two thirds of the gallery have one each, as far as there are so many. */
export function flawOf(index: number, count: number): Flaw | null {
  if (count < 6) return null
  if (index === Math.floor(count / 3)) return 'slow'
  if (index === Math.floor(count / 2)) return 'busy'
  return index === Math.floor((count * 2) / 3) ? 'broken' : null
}

/**
 * A server of pictures at `/VISIT/NAME` that answers each at its own pace, always the same. Each visit
 * finds it as the first one did.
 */
export function createGalleryServer(pictures: Picture[]): Server {
  const byName = new Map(pictures.map((picture, index) => [picture.name, { ...picture, index }]))
  const turnedAway = new Set<string>()
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://gallery')
    const picture = byName.get(pathname.slice(pathname.lastIndexOf('/') + 1))
    if (picture === undefined) {
      response.writeHead(404).end()
      return
    }
    const flaw = flawOf(picture.index, pictures.length)
    const pace = paceOf(picture.index, flaw)
    if (flaw === 'busy' && !turnedAway.has(pathname)) {
      turnedAway.add(pathname)
      setTimeout(() => response.writeHead(503).end('busy'), pace.firstByte)
      return
    }
    sendSlowly(response, picture.png, pace, flaw === 'broken')
  })
}

/** Between 120 and 400 ms to the first byte, mostly near 200, then 0.7 to 1.6 KB in a ms. */
function paceOf(index: number, flaw: Flaw | null): Pace {
  const random = seededRandom(1_000 + index)
  const slowness = random()
  const bytesPerMs = 700 + random() * 900
  const pace = { firstByte: 120 + 280 * slowness * slowness, perChunk: CHUNK_BYTES / bytesPerMs }
  return flaw === 'slow' ? { firstByte: 3 * pace.firstByte, perChunk: 4 * pace.perChunk } : pace
}

function sendSlowly(response: ServerResponse, body: Buffer, pace: Pace, isCut: boolean): void {
  const begun = performance.now() + pace.firstByte
  const end = isCut ? body.length / 2 : body.length
  let sent = 0
  const sendNext = () => {
    if (response.destroyed) return
    if (sent === 0) {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': body.length })
    }
    response.write(body.subarray(sent, sent + CHUNK_BYTES))
    sent += CHUNK_BYTES
    if (sent >= end) {
      if (isCut) response.destroy()
      else response.end()
      return
    }
    // Each chunk has its own due time: timers that fire late must not add up.
    const due = begun + (sent / CHUNK_BYTES) * pace.perChunk
    setTimeout(sendNext, Math.max(0, due - performance.now()))
  }
  setTimeout(sendNext, pace.firstByte)
}
