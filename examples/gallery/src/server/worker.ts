import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { createGalleryServer } from './gallery-server.ts'
import { paintGallery } from './pictures.ts'

/** What the worker tells once it listens. */
export interface Opening {
  readonly port: number
  readonly pictures: { readonly name: string; readonly bytes: number; readonly sha256: string }[]
}

const pictures = paintGallery(workerData.count as number)
const server = createGalleryServer(pictures)
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const opening: Opening = {
  port: (server.address() as AddressInfo).port,
  pictures: pictures.map(({ name, png }) => ({
    name,
    bytes: png.length,
    sha256: createHash('sha256').update(png).digest('hex'),
  })),
}
parentPort?.postMessage(opening)
