import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import type { Opening } from './gallery.ts'
import { createGalleryServer, flawOf } from './gallery-server.ts'
import { paintGallery } from './pictures.ts'

const pictures = paintGallery(workerData.count as number)
const server = createGalleryServer(pictures)
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const opening: Opening = {
  port: (server.address() as AddressInfo).port,
  pictures: pictures.map(({ name, png }, index) => ({
    name,
    bytes: png.length,
    sha256: createHash('sha256').update(png).digest('hex'),
    flaw: flawOf(index, pictures.length),
  })),
}
parentPort?.postMessage(opening)
