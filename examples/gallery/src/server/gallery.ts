import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Opening } from './worker.ts'

/** A picture that can be downloaded, and what it must be when it has arrived. */
export interface Original {
  readonly name: string
  readonly url: string
  readonly bytes: number
  readonly sha256: string
}

/** A gallery that is open: its server runs until it is disposed. */
export interface Gallery extends AsyncDisposable {
  readonly originals: Original[]
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
  const base = `http://127.0.0.1:${opening.port}/pictures/`
  return {
    originals: opening.pictures.map((picture) => ({ ...picture, url: base + picture.name })),
    async [Symbol.asyncDispose]() {
      await worker.terminate()
    },
  }
}
