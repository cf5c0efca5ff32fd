import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Flaw } from './gallery-server.ts'

/** A picture of the gallery, and what it must be when it has arrived. */
export interface Original {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly flaw: Flaw | null
}

/** What the server's thread tells once it listens. */
export interface Opening {
  readonly port: number
  readonly pictures: Original[]
}

/** A gallery that is open: its server runs until it is disposed. */
export interface Gallery extends AsyncDisposable {
  readonly originals: Original[]
  readonly origin: string
  /** Where a visitor finds a picture. Each visit is like the first one. */
  readonly urlOf: (visit: string, original: Original) => string
}

/**
 * Paints `count` pictures and serves them on a free port of this machine.
 *
 * The server has a thread of its own: in the downloader's thread its timers and writes would run
 * between the downloads' steps, and the picture of who waits for whom would be wrong.
 */
export async function openGallery(count: number): Promise<Gallery> {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
    workerData: { count },
    // Not the flags of the main thread: the worker brings its own loader.
    execArgv: [],
  })
  const [opening] = (await once(worker, 'message')) as [Opening]
  // A program that fails while the gallery is open must still come to its end.
  worker.unref()
  const origin = `http://127.0.0.1:${opening.port}`
  return {
    originals: opening.pictures,
    origin,
    urlOf: (visit, { name }) => `${origin}/${visit}/${name}`,
    async [Symbol.asyncDispose]() {
      await worker.terminate()
    },
  }
}
